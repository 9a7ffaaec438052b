package dev.forebay.deploy.bench;

import dev.forebay.deploy.console.Stop;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What every measurement has at hand.
 *
 * @param news told a line whenever something is done
 */
record Scene(Rig rig, Stop stop, Consumer<String> news) {
    void say(String format, Object... values) {
        news.accept(String.format(Locale.ROOT, format, values));
    }
}
