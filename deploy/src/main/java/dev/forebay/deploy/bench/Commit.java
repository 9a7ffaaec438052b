package dev.forebay.deploy.bench;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The commit of the source tree that this build lies in, as git names it; empty where there is none. */
final class Commit {
    private static final long PATIENCE_SECONDS = 5;

    private Commit() {}

    static String here() {
        try {
            Path code = Path.of(Commit.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            File directory =
                    code.toFile().isDirectory() ? code.toFile() : code.toFile().getParentFile();
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12")
                    .directory(directory)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String name = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0 ? name : "";
        } catch (IOException | URISyntaxException e) {
            // no git, or no tree
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
