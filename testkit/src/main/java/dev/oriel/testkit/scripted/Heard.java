package dev.oriel.testkit.scripted;

import java.util.List;
import java.util.Optional;

/**
 * A request as a camera hears it.
 *
 * @param lines start line and fields, without the empty line
 */
public record Heard(List<String> lines) {

    /** Nothing has been heard yet. */
    public static final Heard NOTHING = new Heard(List.of(""));

    public Heard {
        lines = List.copyOf(lines);
    }

    /** Such as {@code DESCRIBE}. */
    public String method() {
        return lines.get(0).split(" ", 2)[0];
    }

    /** As it stands in the request. */
    public String url() {
        String[] words = lines.get(0).split(" ", 3);
        return words.length > 1 ? words[1] : "";
    }

    /** The value of a field. */
    public Optional<String> field(String name) {
        return lines.stream()
                .skip(1)
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** Two ports or channels out of the {@code Transport} field, such as {@code 5000-5001}; empty if it names none. */
    public String numbers(String parameter) {
        for (String part : field("Transport").orElse("").split("[;,]")) {
            if (part.strip().startsWith(parameter + "=")) {
                return part.strip().substring(parameter.length() + 1);
            }
        }
        return "";
    }

    /**
     * What is wrong with it, measured by a step; empty if nothing is.
     *
     * @param guard what the camera has asked for by way of login
     */
    public Optional<String> differs(Step.Hears step, Guard guard) {
        if (!method().equals(step.method()) || !step.url().equals("*") && !url().equals(step.url())) {
            return Optional.of("not " + step.method() + " " + step.url());
        }
        for (String wanted : step.fields()) {
            boolean absent = wanted.startsWith("!");
            if (absent ? field(wanted.substring(1)).isPresent() : !has(wanted, guard)) {
                return Optional.of((absent ? "with " : "without ") + wanted);
            }
        }
        return Optional.empty();
    }

    /** What is wrong with it, measured word for word; empty if nothing is. */
    public Optional<String> differs(Step.HearsExactly step) {
        for (int i = 0; i < Math.max(lines.size(), step.lines().size()); i++) {
            String wanted = i < step.lines().size() ? step.lines().get(i) : "";
            String line = i < lines.size() ? lines.get(i) : "";
            if (!matches(wanted, line)) {
                return Optional.of("\"" + line + "\" instead of \"" + wanted + "\"");
            }
        }
        return Optional.empty();
    }

    /**
     * Whether it has a field. {@code Name: value} means this value, with a star at the end a beginning of it; {@code Name}
     * any value; {@code Name ~ text} a value with this in it; {@code Authorization ok} the right answer to the guard.
     */
    public boolean has(String wanted, Guard guard) {
        if (wanted.equals("Authorization ok")) {
            return guard.letsIn(this);
        }
        int contains = wanted.indexOf(" ~ ");
        if (contains > 0) {
            return field(wanted.substring(0, contains)).orElse("").contains(wanted.substring(contains + 3));
        }
        int colon = wanted.indexOf(':');
        if (colon < 0) {
            return field(wanted).isPresent();
        }
        return field(wanted.substring(0, colon))
                .filter(value -> matches(wanted.substring(colon + 1).strip(), value))
                .isPresent();
    }

    private static boolean matches(String wanted, String text) {
        return wanted.endsWith("*") && !wanted.equals("OPTIONS *")
                ? text.startsWith(wanted.substring(0, wanted.length() - 1))
                : text.equals(wanted);
    }
}
