package dev.oriel.protocol.rtsp;

import java.util.ArrayList;
import java.util.List;

/**
 * The head of a message as RTSP and HTTP share it (RFC 2326 section 4, RFC 9112 section 2): a start line and header fields.
 *
 * @param startLine without the blanks around it; empty if there is none
 * @param headers the fields, {@code Content-Length} among them
 */
public record HeadText(String startLine, RtspHeaders headers) {

    /**
     * Reads a head, as loosely as cameras write it: lines end with CR LF, LF or CR, those without a colon are passed over, and
     * folded ones are joined. Never fails.
     */
    public static HeadText parse(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\r\n|\n|\r")) {
            boolean folded = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            if (folded && lines.size() > 1) {
                int last = lines.size() - 1;
                lines.set(last, lines.get(last) + " " + line.strip());
            } else if (!line.isBlank()) {
                lines.add(line);
            }
        }
        List<RtspHeaders.Field> fields = new ArrayList<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            if (!name.isEmpty()) {
                fields.add(new RtspHeaders.Field(name, line.substring(colon + 1).strip()));
            }
        }
        return new HeadText(lines.isEmpty() ? "" : lines.get(0).strip(), new RtspHeaders(fields));
    }
}
