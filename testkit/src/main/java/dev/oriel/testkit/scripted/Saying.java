package dev.oriel.testkit.scripted;

/**
 * What a camera says, with what only the running dialogue knows put in: <code>{cseq}</code>, <code>{transport}</code>,
 * <code>{url}</code> and <code>{client_port}</code> of the request it answers, and <code>{server_port}</code>, the two ports
 * it sends datagrams from.
 */
public final class Saying {

    private Saying() {}

    /** The text, filled in. */
    public static String filled(String text, Heard request, String serverPorts) {
        return text.replace("{cseq}", request.field("CSeq").orElse("0"))
                .replace("{transport}", request.field("Transport").orElse(""))
                .replace("{client_port}", request.numbers("client_port"))
                .replace("{server_port}", serverPorts)
                .replace("{url}", request.url());
    }

    /** What a camera that does nothing wrong answers, still to be filled in. */
    public static String usual(Heard request, String description) {
        String more = switch (request.method()) {
            case "OPTIONS" -> "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER\r\n\r\n";
            case "DESCRIBE" ->
                "Content-Base: {url}/\r\nContent-Type: application/sdp\r\nContent-Length: "
                        + description.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + "\r\n\r\n"
                        + description;
            case "SETUP" -> {
                boolean udp = !request.numbers("client_port").isEmpty();
                yield "Session: 12345678;timeout=60\r\nTransport: {transport}"
                        + (udp ? ";server_port={server_port}" : "") + "\r\n\r\n";
            }
            default -> "Session: 12345678\r\n\r\n";
        };
        return "RTSP/1.0 200 OK\r\nCSeq: {cseq}\r\n" + more;
    }
}
