package dev.oriel.egress.passthrough.dtls;

import dev.oriel.protocol.srtp.MasterKey;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What became of a session in a test. */
final class Outcome implements DtlsSession.Events {

    final CompletableFuture<List<MasterKey>> secured = new CompletableFuture<>();
    final CompletableFuture<String> over = new CompletableFuture<>();
    final BlockingQueue<byte[]> data = new LinkedBlockingQueue<>();

    @Override
    public void secured(MasterKey own, MasterKey viewers) {
        secured.complete(List.of(own, viewers));
    }

    @Override
    public void received(byte[] received) {
        data.add(received);
    }

    @Override
    public void over(String sentence) {
        over.complete(sentence);
        secured.completeExceptionally(new IllegalStateException(sentence));
    }

    List<MasterKey> keys() throws Exception {
        return secured.get(20, TimeUnit.SECONDS);
    }

    String sentence() throws Exception {
        return over.get(20, TimeUnit.SECONDS);
    }
}
