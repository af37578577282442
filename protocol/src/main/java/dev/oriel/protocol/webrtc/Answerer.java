package dev.oriel.protocol.webrtc;

import dev.oriel.api.failure.NoCommonCodec;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.Track;
import dev.oriel.protocol.sctp.SctpPorts;
import dev.oriel.protocol.sdp.Attributes;
import dev.oriel.protocol.sdp.MediaDescription;
import dev.oriel.protocol.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Makes one answer to one offer (RFC 8829 section 5.3); pure but for the randomness it is given.
 *
 * <p>Every section of the offer has its counterpart at the same place, with its name repeated. A section that asks for media the
 * camera has is answered with {@code sendonly} in one of the formats offered, number and parameters as offered; one that gets
 * nothing is {@code inactive}; one for data channels is taken; one that is neither, or stands outside the bundle, is rejected with
 * port 0. The transport is told once, in the first section that is not rejected, which is the bundle's own.
 */
public final class Answerer {

    private static final String PLAYOUT_DELAY = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";
    private static final Set<String> FEEDBACK = Set.of("nack", "nack pli", "ccm fir", "goog-remb");
    private static final String STREAM = "oriel";

    private final SessionOffer offer;
    private final List<Track> tracks;
    private final AnswerTerms terms;
    private final List<SentTrack> sent = new ArrayList<>();
    private final Set<Integer> sources = new HashSet<>();
    private Optional<SctpPorts> data = Optional.empty();

    private Answerer(SessionOffer offer, List<Track> tracks, AnswerTerms terms) {
        this.offer = offer;
        this.tracks = tracks;
        this.terms = terms;
    }

    /**
     * Answers an offer with what a camera sends.
     *
     * @throws NoCommonCodec if the viewer gets nothing at all, or asks for the camera's picture and cannot play it
     */
    public static Answer answer(SessionOffer offer, List<Track> tracks, AnswerTerms terms) {
        return new Answerer(offer, tracks, terms).answer();
    }

    private Answer answer() {
        Optional<OfferedSection> alone = offer.hasBundle() ? Optional.empty() : onlySection();
        List<MediaDescription> media = new ArrayList<>();
        List<String> mids = new ArrayList<>();
        for (OfferedSection section : offer.sections()) {
            boolean takesPart = section.isOpen()
                    && section.kind().isPresent()
                    && !section.formats().isEmpty()
                    && (offer.isBundled(section)
                            || alone.filter(s -> s == section).isPresent());
            Optional<DataSection> channels =
                    offer.isBundled(section) && data.isEmpty() ? DataSection.of(section) : Optional.empty();
            if (takesPart) {
                media.add(section(section, mids.isEmpty()));
                mids.add(section.mid());
            } else if (channels.isPresent()) {
                media.add(channels(channels.get(), mids.isEmpty()));
                mids.add(section.mid());
            } else {
                media.add(rejected(section));
            }
        }
        refuseWhatCannotBePlayed();
        Attributes session = Attributes.NONE;
        if (offer.hasBundle()) {
            session = session.with("group", "BUNDLE " + String.join(" ", mids));
        }
        session = session.with("msid-semantic", "WMS " + STREAM);
        long id = terms.random().nextLong() >>> 1;
        SessionDescription sdp =
                new SessionDescription("- " + id + " 1 IN IP4 127.0.0.1", "-", Optional.empty(), session, media);
        return new Answer(sdp.write(), sent, data, offer.waitsForHandshake());
    }

    /** Without a bundle each section would have a transport of its own; there is one, for the picture if possible. */
    private Optional<OfferedSection> onlySection() {
        List<OfferedSection> asking =
                offer.sections().stream().filter(OfferedSection::asksForMedia).toList();
        return asking.stream()
                .filter(s -> s.kind().equals(Optional.of(MediaKind.VIDEO)) && match(s).isPresent())
                .findFirst()
                .or(() -> asking.stream().findFirst());
    }

    private void refuseWhatCannotBePlayed() {
        boolean pictureAsked = asksFor(MediaKind.VIDEO) && tracks.stream().anyMatch(t -> t.kind() == MediaKind.VIDEO);
        boolean pictureSent = sent.stream().anyMatch(s -> s.track().kind() == MediaKind.VIDEO);
        if (sent.isEmpty() || pictureAsked && !pictureSent) {
            Optional<MediaKind> kind = pictureAsked ? Optional.of(MediaKind.VIDEO) : Optional.empty();
            throw new NoCommonCodec(
                    tracks.stream()
                            .filter(t -> kind.isEmpty() || kind.get() == t.kind())
                            .map(Track::codec)
                            .map(Codec::encodingName)
                            .distinct()
                            .toList(),
                    playable(kind));
        }
    }

    private boolean asksFor(MediaKind kind) {
        return offer.sections().stream()
                .anyMatch(s -> s.asksForMedia() && s.kind().equals(Optional.of(kind)));
    }

    private List<String> playable(Optional<MediaKind> kind) {
        Set<String> aids = Set.of("rtx", "red", "ulpfec", "flexfec-03", "cn", "telephone-event", "?");
        List<String> names = offer.sections().stream()
                .filter(s -> s.asksForMedia() && (kind.isEmpty() || s.kind().equals(kind)))
                .flatMap(s -> s.formats().stream())
                .filter(f -> !aids.contains(f.encoding()))
                .map(f -> f.rtpmap().orElse(f.encoding()).split("/")[0])
                .distinct()
                .toList();
        return names.isEmpty() ? List.of("nothing") : names;
    }

    private record Match(Track track, OfferedSection.Format format) {}

    private Optional<Match> match(OfferedSection section) {
        List<OfferedSection.Format> formats = section.formats();
        return tracks.stream()
                .filter(t -> section.kind().equals(Optional.of(t.kind())))
                .filter(t -> sent.stream().noneMatch(s -> s.track().index() == t.index()))
                .flatMap(t -> CodecMatch.of(t, formats).map(f -> new Match(t, f)).stream())
                .findFirst();
    }

    private MediaDescription section(OfferedSection section, boolean isFirst) {
        Optional<Match> match = section.asksForMedia() ? match(section) : Optional.empty();
        OfferedSection.Format format =
                match.map(Match::format).orElseGet(() -> section.formats().get(0));
        Attributes lines = transport(mid(section, Attributes.NONE)
                .with(match.isPresent() ? "sendonly" : "inactive")
                .with("rtcp-mux"));
        List<String> types = new ArrayList<>(List.of(format.payloadType()));
        lines = described(format, lines);
        if (match.isPresent()) {
            Optional<OfferedSection.Format> again = section.retransmission(format);
            again.ifPresent(f -> types.add(f.payloadType()));
            lines = sending(section, match.get(), again, lines);
        }
        lines = reachable(lines, isFirst);
        return new MediaDescription(
                section.lines().media(), 9, section.lines().protocol(), types, Optional.of("IN IP4 0.0.0.0"), lines);
    }

    private MediaDescription channels(DataSection section, boolean isFirst) {
        data = Optional.of(section.ports());
        Attributes lines = section.write(transport(mid(section.offered(), Attributes.NONE)));
        return new MediaDescription(
                section.offered().lines().media(),
                9,
                section.offered().lines().protocol(),
                section.formats(),
                Optional.of("IN IP4 0.0.0.0"),
                reachable(lines, isFirst));
    }

    private Attributes transport(Attributes lines) {
        return lines.with("ice-ufrag", terms.credentials().fragment())
                .with("ice-pwd", terms.credentials().password())
                .with("fingerprint", terms.fingerprint().write())
                .with("setup", offer.waitsForHandshake() ? "active" : "passive");
    }

    private Attributes reachable(Attributes before, boolean isFirst) {
        Attributes lines = before;
        if (isFirst) {
            for (var candidate : terms.candidates()) {
                lines = lines.with("candidate", candidate.write());
            }
            lines = lines.with("end-of-candidates");
        }
        return lines;
    }

    private static Attributes described(OfferedSection.Format format, Attributes before) {
        Attributes lines = before;
        String type = format.payloadType();
        if (format.rtpmap().isPresent()) {
            lines = lines.with("rtpmap", type + " " + format.rtpmap().get());
        }
        return format.parameters().isEmpty() ? lines : lines.with("fmtp", type + " " + format.parameters());
    }

    private Attributes sending(
            OfferedSection section, Match match, Optional<OfferedSection.Format> again, Attributes before) {
        Attributes lines = before;
        String type = match.format().payloadType();
        for (String value : section.lines().attributes().all("rtcp-fb")) {
            String[] parts = value.split("\\s+", 2);
            if (parts.length == 2 && (parts[0].equals(type) || parts[0].equals("*")) && FEEDBACK.contains(parts[1])) {
                lines = lines.with("rtcp-fb", type + " " + parts[1]);
            }
        }
        boolean isVideo = match.track().kind() == MediaKind.VIDEO;
        OptionalInt delay = isVideo ? section.extension(PLAYOUT_DELAY) : OptionalInt.empty();
        if (delay.isPresent()) {
            lines = lines.with("extmap", delay.getAsInt() + " " + PLAYOUT_DELAY);
        }
        if (again.isPresent()) {
            lines = described(again.get(), lines);
        }
        int ssrc = source();
        Optional<SentTrack.Rtx> rtx = again.map(f -> new SentTrack.Rtx(Integer.parseInt(f.payloadType()), source()));
        sent.add(new SentTrack(match.track(), Integer.parseInt(type), ssrc, delay, rtx));
        String name = STREAM + " " + match.track().kind().name().toLowerCase(Locale.ROOT);
        lines = lines.with("msid", name);
        if (rtx.isPresent()) {
            lines = lines.with(
                    "ssrc-group",
                    "FID " + unsigned(ssrc) + " " + unsigned(rtx.get().ssrc()));
        }
        lines = described(ssrc, name, lines);
        return rtx.isPresent() ? described(rtx.get().ssrc(), name, lines) : lines;
    }

    private static Attributes described(int ssrc, String name, Attributes lines) {
        return lines.with("ssrc", unsigned(ssrc) + " cname:" + Answer.CNAME)
                .with("ssrc", unsigned(ssrc) + " msid:" + name);
    }

    private static String unsigned(int ssrc) {
        return Integer.toUnsignedString(ssrc);
    }

    private MediaDescription rejected(OfferedSection section) {
        MediaDescription lines = section.lines();
        List<String> formats =
                lines.formats().isEmpty() ? List.of("0") : lines.formats().subList(0, 1);
        return new MediaDescription(
                lines.media(),
                0,
                lines.protocol(),
                formats,
                Optional.of("IN IP4 0.0.0.0"),
                mid(section, Attributes.NONE).with("inactive"));
    }

    private static Attributes mid(OfferedSection section, Attributes lines) {
        return section.mid().isEmpty() ? lines : lines.with("mid", section.mid());
    }

    private int source() {
        int ssrc;
        do {
            ssrc = terms.random().nextInt();
        } while (ssrc == 0 || !sources.add(ssrc));
        return ssrc;
    }
}
