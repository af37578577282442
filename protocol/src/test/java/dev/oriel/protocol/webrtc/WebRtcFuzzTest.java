package dev.oriel.protocol.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.oriel.api.failure.OfferRejected;
import dev.oriel.protocol.stun.StunMessage;
import java.nio.charset.StandardCharsets;

/** What any bytes do to the readers of what viewers send. */
class WebRtcFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void offer(byte[] bytes) {
        try {
            SessionOffer.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (OfferRejected e) {
            return;
        }
    }

    @FuzzTest(maxDuration = "1m")
    void fragment(byte[] bytes) {
        IceFragment fragment;
        try {
            fragment = IceFragment.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (OfferRejected e) {
            return;
        }
        if (fragment.credentials().isPresent()) {
            String written = IceFragment.answer(fragment.credentials().get(), fragment.candidates());
            assertEquals(fragment.credentials(), IceFragment.parse(written).credentials());
        }
    }

    @FuzzTest(maxDuration = "1m")
    void stun(byte[] bytes) {
        StunMessage.read(bytes, 0, bytes.length).ifPresent(m -> {
            m.isSignedWith("x");
            m.isCorrupt();
            m.username();
            m.priority();
            m.errorCode();
            m.mappedAddress();
        });
    }
}
