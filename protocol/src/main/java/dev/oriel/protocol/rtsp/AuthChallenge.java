package dev.oriel.protocol.rtsp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One demand of a {@code WWW-Authenticate} field (RFC 7235 section 4.1).
 *
 * @param scheme such as {@code Digest}, as the server writes it
 * @param parameters their names in lower case, values without quotes
 */
public record AuthChallenge(String scheme, Map<String, String> parameters) {

    private static final int MAX_CHALLENGES = 32;

    public AuthChallenge {
        parameters = Map.copyOf(parameters);
    }

    /** Reads all challenges of all such fields of a response; several may share a field. Never fails. */
    public static List<AuthChallenge> parseAll(List<String> fieldValues) {
        List<AuthChallenge> all = new ArrayList<>();
        for (String value : fieldValues) {
            new Scanner(value).readInto(all);
        }
        return all;
    }

    /** A parameter, by its name in lower case. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Whether the scheme has this name, in any case. */
    public boolean isScheme(String name) {
        return scheme.equalsIgnoreCase(name);
    }

    /** Whether the server says that only its nonce had become too old (RFC 7616 section 3.3). */
    public boolean isStale() {
        return parameter("stale").orElse("").equalsIgnoreCase("true");
    }

    /** Walks over one field: a word before {@code =} is a parameter, a word alone begins the next challenge. */
    private static final class Scanner {
        private final String text;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        void readInto(List<AuthChallenge> all) {
            String scheme = "";
            Map<String, String> parameters = new LinkedHashMap<>();
            while (skipSeparators()) {
                String word = word();
                skipBlanks();
                if (at < text.length() && text.charAt(at) == '=') {
                    at++;
                    skipBlanks();
                    parameters.putIfAbsent(word.toLowerCase(Locale.ROOT), value());
                } else {
                    add(all, scheme, parameters);
                    scheme = word;
                    parameters = new LinkedHashMap<>();
                }
            }
            add(all, scheme, parameters);
        }

        private static void add(List<AuthChallenge> all, String scheme, Map<String, String> parameters) {
            if (!scheme.isEmpty() && all.size() < MAX_CHALLENGES) {
                all.add(new AuthChallenge(scheme, parameters));
            }
        }

        private boolean skipSeparators() {
            while (at < text.length() && " \t,".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return at < text.length();
        }

        private void skipBlanks() {
            while (at < text.length() && " \t".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private String word() {
            int from = at;
            while (at < text.length() && " \t,=".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(from, at);
        }

        private String value() {
            if (at >= text.length() || text.charAt(at) != '"') {
                int from = at;
                while (at < text.length() && text.charAt(at) != ',') {
                    at++;
                }
                return text.substring(from, at).strip();
            }
            StringBuilder out = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                out.append(text.charAt(at));
            }
            at++;
            return out.toString();
        }
    }
}
