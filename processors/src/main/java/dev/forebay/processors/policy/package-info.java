/**
 * What redaction and screening share: a policy per tenant, and RE2 patterns of bounded size. Imports configuration and
 * RE2/J only.
 */
@NullMarked
package dev.forebay.processors.policy;

import org.jspecify.annotations.NullMarked;
