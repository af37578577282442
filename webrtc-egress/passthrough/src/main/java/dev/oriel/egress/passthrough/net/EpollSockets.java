package dev.oriel.egress.passthrough.net;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.SegmentedDatagramPacket;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Linux's own sockets. The one class that names Netty's part for them, which need not be installed: without it, this class
 * cannot be linked.
 */
final class EpollSockets {

    private static final Logger LOG = LoggerFactory.getLogger(EpollSockets.class);

    private EpollSockets() {}

    /** They, with segmentation offload where the kernel has it (Linux 4.18 on); empty on other systems. */
    static Optional<Sockets> find() {
        if (!Epoll.isAvailable()) {
            LOG.debug("Linux's own sockets cannot be used: {}", String.valueOf(Epoll.unavailabilityCause()));
            return Optional.empty();
        }
        boolean segments = SegmentedDatagramPacket.isSupported();
        return Optional.of(new Sockets(
                segments ? "epoll with segmentation offload" : "epoll",
                EpollIoHandler.newFactory(),
                EpollDatagramChannel.class,
                EpollServerSocketChannel.class,
                EpollSocketChannel.class,
                segments ? Optional.of(SegmentedDatagramPacket::new) : Optional.empty()));
    }
}
