package dev.forebay.schemas.registry;

import dev.forebay.schemas.config.Section;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who the client says it is: the {@code Authorization} header of a request. */
final class Credentials {
    private static final String BASIC_SOURCE = "basic.auth.credentials.source";
    private static final String USER_INFO = "basic.auth.user.info";
    private static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    private static final String BEARER_TOKEN = "bearer.auth.token";

    private final @Nullable String common;

    private Credentials(@Nullable String common) {
        this.common = common;
    }

    static Credentials read(Section section, List<URI> urls) {
        String userInfo = section.optionalString(USER_INFO);
        String token = section.optionalString(BEARER_TOKEN);
        checkSources(section, userInfo, token, urls);
        if (userInfo != null && !userInfo.contains(":")) {
            section.problem(USER_INFO, "user:password", "Put a colon between the user and the password.");
        }
        if (userInfo != null && token != null) {
            section.problem(BEARER_TOKEN, "nothing beside " + USER_INFO, "Keep one of the two.");
        }
        if (userInfo != null) {
            return new Credentials(basic(userInfo));
        }
        return new Credentials(token == null ? null : "Bearer " + token);
    }

    /** The header for a request to this URL; its own user and password come first. */
    Optional<String> header(URI url) {
        String own = url.getUserInfo();
        return own == null ? Optional.ofNullable(common) : Optional.of(basic(own));
    }

    private static void checkSources(
            Section section, @Nullable String userInfo, @Nullable String token, List<URI> urls) {
        String basic = section.string(BASIC_SOURCE, userInfo == null ? "URL" : "USER_INFO");
        if (!basic.equals("URL") && !basic.equals("USER_INFO")) {
            section.problem(BASIC_SOURCE, "URL, USER_INFO", "Use USER_INFO with " + USER_INFO + ": user:password.");
        }
        if (basic.equals("USER_INFO") && userInfo == null) {
            section.problem(USER_INFO, "user:password", "Add it, or remove " + BASIC_SOURCE + ".");
        }
        if (basic.equals("URL") && section.has(BASIC_SOURCE) && urls.stream().noneMatch(u -> u.getUserInfo() != null)) {
            section.problem(BASIC_SOURCE, "USER_INFO", "No URL has a user:password@ before its host.");
        }
        String bearer = section.string(BEARER_SOURCE, "STATIC_TOKEN");
        if (!bearer.equals("STATIC_TOKEN")) {
            section.problem(BEARER_SOURCE, "STATIC_TOKEN", "Use it with " + BEARER_TOKEN + ".");
        }
        if (section.has(BEARER_SOURCE) && token == null) {
            section.problem(BEARER_TOKEN, "a token", "Add it, or remove " + BEARER_SOURCE + ".");
        }
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }
}
