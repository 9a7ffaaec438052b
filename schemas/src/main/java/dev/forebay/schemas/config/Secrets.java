package dev.forebay.schemas.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which keys hold something that no message may show. */
public final class Secrets {
    static final String HIDDEN = "(hidden)";

    private static final Pattern SECRET =
            Pattern.compile("password|passwd|pwd|secret|token$|credential|user\\.?info|jaas|api[-_.]?key|private");
    /** To the last {@code @}: a password may have any character in it. */
    private static final Pattern URL_USER = Pattern.compile("(?<=://)[^,]*@");

    private Secrets() {}

    /** The value as a message may show it. */
    public static String shown(String key, String value) {
        return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find()
                ? HIDDEN
                : URL_USER.matcher(value).replaceAll("");
    }
}
