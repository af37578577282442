package dev.oriel.testkit.viewer;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCDataChannelState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A data channel and what libwebrtc tells of it from its own thread. */
final class ChannelWatch implements RTCDataChannelObserver {

    private final RTCDataChannel channel;
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    ChannelWatch(RTCDataChannel channel) {
        this.channel = channel;
        channel.registerObserver(this);
    }

    boolean awaitOpen(Duration timeout) throws InterruptedException {
        return opened.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean awaitClosed(Duration timeout) throws InterruptedException {
        return closed.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    void send(byte[] message) {
        try {
            channel.send(new RTCDataChannelBuffer(ByteBuffer.wrap(message), true));
        } catch (Exception e) {
            throw new AssertionError("libwebrtc does not send on the data channel", e);
        }
    }

    long unsentBytes() {
        return channel.getBufferedAmount();
    }

    void release() {
        channel.unregisterObserver();
        channel.dispose();
    }

    @Override
    public void onStateChange() {
        RTCDataChannelState now = channel.getState();
        if (now == RTCDataChannelState.OPEN) {
            opened.countDown();
        } else if (now == RTCDataChannelState.CLOSED) {
            closed.countDown();
        }
    }

    @Override
    public void onBufferedAmountChange(long before) {
        // Asked for when it matters.
    }

    @Override
    public void onMessage(RTCDataChannelBuffer buffer) {
        // Nobody sends any.
    }
}
