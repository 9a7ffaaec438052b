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
    /** A login that a JDBC driver takes as parameters. */
    private static final Pattern URL_PARAMETER =
            Pattern.compile("(?i)([?&;][^=&;]*(?:password|passwd|pwd|secret|token)[^=&;]*=)[^&;]*");

    private static final Pattern ORACLE_USER = Pattern.compile("(?i)(jdbc:oracle:[a-z]+:)[^@]*@");

    private Secrets() {}

    /** The value as a message may show it. */
    public static String shown(String key, String value) {
        if (SECRET.matcher(key.toLowerCase(Locale.ROOT)).find()) {
            return HIDDEN;
        }
        String withoutUser = URL_USER.matcher(value).replaceAll("");
        String withoutLogin = ORACLE_USER.matcher(withoutUser).replaceAll("$1");
        return URL_PARAMETER.matcher(withoutLogin).replaceAll("$1" + HIDDEN);
    }
}
