package dev.forebay.deploy.cli;

import picocli.CommandLine.IVersionProvider;

/** What the jar's manifest says; a build of classes alone has none. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Forebay.class.getPackage().getImplementationVersion();
        return new String[] {"forebay " + (version == null ? "development" : version)};
    }
}
