package dev.forebay.schemas.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which keys hold something that no message may show. */
public final class Secrets {
    private static final Pattern SECRET =
            Pattern.compile("password|passwd|pwd|secret|token$|credential|user\\.?info|jaas|api[-_.]?key|private");
    private static final Pattern URL_USER = Pattern.compile("(?<=://)[^/@\\s,]*@");

    private Secrets() {}

    /** The value as a message may show it. */
    public static String shown(String key, String value) {
        return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find()
                ? "(hidden)"
                : URL_USER.matcher(value).replaceAll("");
    }
}
