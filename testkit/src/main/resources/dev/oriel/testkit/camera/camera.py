"""An RTSP camera by GStreamer's RTSP server, on a free port of the loopback interface unless told otherwise.

Prints "PORT n" when it serves rtsp://127.0.0.1:n/stream (rtsps with a certificate), and ends when its standard input does, so that it never
outlives who started it. With --relay it has no picture of its own: what is published (ANNOUNCE, RECORD) at /publish is
served at /stream, the RTP packets as they came; "PUBLISHED" is printed when the first of them are there.

Across the top of its own picture runs a band, by which who watches tells pictures of before from pictures of after.
Commands: mark dark|bright (the band, from the next picture on) / stall (nothing is sent, all is answered) / resume.
Each is answered with "DONE n", the how many-th it was.
"""
import argparse
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--video", choices=["h264-baseline", "h264-high", "h265", "jpeg", "none"], default="none")
    parser.add_argument("--audio", choices=["pcma", "pcmu", "aac", "latm", "opus", "l16", "none"], default="none")
    parser.add_argument("--gop", type=int, default=50, help="frames from keyframe to keyframe")
    parser.add_argument("--width", type=int, default=640)
    parser.add_argument("--height", type=int, default=360)
    parser.add_argument("--rate", type=int, default=25)
    parser.add_argument("--parameters", choices=["in-band", "sdp"], default="in-band")
    parser.add_argument("--login", choices=["none", "basic", "digest"], default="none")
    parser.add_argument("--user", default="")
    parser.add_argument("--password", default="")
    parser.add_argument("--ways", default="tcp+udp", help="tcp, udp, multicast, or several with + between")
    parser.add_argument("--group", default="", help="the multicast group, with the way multicast")
    parser.add_argument("--interface", default="", help="where the group's packets go, with the way multicast")
    parser.add_argument("--certificate", default="", help="a PEM file with certificate and key; TLS only, then")
    parser.add_argument("--address", default="127.0.0.1", help="where it listens")
    parser.add_argument("--port", default="0", help="where it listens; 0 for any")
    parser.add_argument("--relay", choices=["none", "video", "audio+video"], default="none")
    return parser.parse_args()


def video(options, pay):
    band = options.height // 16 * 2
    source = (
        f"videotestsrc is-live=true pattern=smpte horizontal-speed=6 ! valve name=valve-{pay}"
        f" ! video/x-raw,format=I420,width={options.width},height={options.height - band},framerate={options.rate}/1"
        f" ! timeoverlay font-desc=\"DejaVu Sans 32\" halignment=center valignment=center"
        f" ! videobox name=band top={-band} ! video/x-raw,format=I420,height={options.height} ! "
    )
    in_band = options.parameters == "in-band"
    interval = -1 if in_band else 0
    if options.video.startswith("h264"):
        profile = "constrained-baseline" if options.video == "h264-baseline" else "high"
        # Length-prefixed ("avc") keeps the parameter sets out of the stream: they are in the SDP only.
        form = "byte-stream" if in_band else "avc"
        return source + (
            f"x264enc tune=zerolatency speed-preset=veryfast bitrate=1000 bframes=0 key-int-max={options.gop}"
            f" option-string=scenecut=0 ! video/x-h264,profile={profile},stream-format={form}"
            f" ! rtph264pay name={pay} pt=96 config-interval={interval} aggregate-mode=zero-latency"
        )
    if options.video == "h265":
        return source + (
            f"x265enc tune=zerolatency speed-preset=ultrafast bitrate=1000 key-int-max={options.gop} log-level=none"
            f" ! h265parse ! rtph265pay name={pay} pt=96 config-interval={interval}"
        )
    return source + f"jpegenc ! rtpjpegpay name={pay} pt=26"


def audio(options, pay):
    source = f"audiotestsrc is-live=true wave=sine freq=440 volume=0.5 ! valve name=valve-{pay} ! "
    wide = "audio/x-raw,rate=48000,channels=2 ! "
    if options.audio == "aac":
        return source + wide + f"voaacenc ! rtpmp4gpay name={pay} pt=97"
    if options.audio == "latm":
        return source + wide + f"voaacenc ! aacparse ! audio/mpeg,stream-format=raw ! rtpmp4apay name={pay} pt=97"
    if options.audio == "opus":
        return source + wide + f"opusenc ! rtpopuspay name={pay} pt=97"
    if options.audio == "l16":
        return source + f"audio/x-raw,rate=16000,channels=1 ! audioconvert ! rtpL16pay name={pay} pt=97"
    encoder = "alawenc" if options.audio == "pcma" else "mulawenc"
    return source + (
        f"audio/x-raw,rate=8000,channels=1 ! {encoder} ! rtp{options.audio}pay name={pay} min-ptime=20000000"
        f" max-ptime=20000000"
    )


def own_picture(options, mounts):
    parts = []
    if options.video != "none":
        parts.append(video(options, f"pay{len(parts)}"))
    if options.audio != "none":
        parts.append(audio(options, f"pay{len(parts)}"))
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch("( " + "  ".join(parts) + " )")
    factory.set_shared(True)
    mounts.add_factory("/stream", factory)
    return factory


class Remote:
    """Does to the camera's picture what is said on standard input, now and when it is made anew."""

    def __init__(self, factory):
        self.fill = "black"
        self.stalled = False
        self.elements = []
        self.lock = threading.Lock()
        factory.connect("media-configure", self.made)

    def made(self, _, media):
        with self.lock:
            self.elements.append(media.get_element())
            self.apply(media.get_element())
        media.connect("unprepared", self.gone, media.get_element())

    def gone(self, _, element):
        with self.lock:
            self.elements.remove(element)

    def apply(self, element):
        for pay in ("pay0", "pay1"):
            valve = element.get_by_name(f"valve-{pay}")
            if valve is not None:
                valve.set_property("drop", self.stalled)
        band = element.get_by_name("band")
        if band is not None:
            band.set_property("fill", self.fill)

    def command(self, words):
        with self.lock:
            if words[0] == "mark":
                self.fill = "white" if words[1] == "bright" else "black"
            else:
                self.stalled = words[0] == "stall"
            for element in self.elements:
                self.apply(element)


class Relay:
    """Hands RTP packets from the media that is recorded to the media that is played, untouched."""

    def __init__(self, tracks, mounts):
        self.tracks = tracks
        self.caps = [None] * tracks
        self.sources = [None] * tracks
        self.lock = threading.Lock()
        self.mounts = mounts
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch("( " + " ".join(f"appsink name=depay{i} sync=false" for i in range(tracks)) + " )")
        factory.set_transport_mode(GstRtspServer.RTSPTransportMode.RECORD)
        factory.set_latency(0)
        factory.connect("media-configure", self.recorded)
        mounts.add_factory("/publish", factory)

    def recorded(self, _, media):
        for track in range(self.tracks):
            sink = media.get_element().get_by_name(f"depay{track}")
            sink.set_property("emit-signals", True)
            sink.connect("new-sample", self.packet, track)

    def packet(self, sink, track):
        sample = sink.emit("pull-sample")
        with self.lock:
            first = self.caps[track] is None
            self.caps[track] = sample.get_caps()
            source = self.sources[track]
            complete = first and all(self.caps)
        if complete:
            GLib.idle_add(self.serve)
        if source is not None:
            buffer = sample.get_buffer().copy()
            buffer.pts = buffer.dts = Gst.CLOCK_TIME_NONE
            source.emit("push-buffer", buffer)
        return Gst.FlowReturn.OK

    def serve(self):
        # The server asks what is called pay0 for its payload type, and of the elements that take RTP packets and leave
        # them alone only this one has such a property.
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(
            "( "
            + " ".join(
                f"appsrc name=source{i} is-live=true do-timestamp=true format=time ! rtpulpfecenc percentage=0 name=pay{i}"
                for i in range(self.tracks)
            )
            + " )"
        )
        factory.set_shared(True)
        factory.connect("media-configure", self.played)
        self.mounts.add_factory("/stream", factory)
        print("PUBLISHED", flush=True)

    def played(self, _, media):
        sources = [media.get_element().get_by_name(f"source{track}") for track in range(self.tracks)]
        with self.lock:
            for source, caps in zip(sources, self.caps):
                source.set_property("caps", caps)
            self.sources = sources
        media.connect("unprepared", self.stopped, sources)

    def stopped(self, _, sources):
        # The end of what was played before may be told after the beginning of what is played now.
        with self.lock:
            if self.sources is sources:
                self.sources = [None] * self.tracks


def protect(options, server, factory):
    """Asks for a password, or for an encrypted connection, or for both."""
    auth = GstRtspServer.RTSPAuth()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    if options.login == "digest":
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest(options.user, options.password, token)
    elif options.login == "basic":
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(options.user, options.password), token)
    else:
        auth.set_default_token(token)
    if options.certificate:
        auth.set_tls_certificate(Gio.TlsCertificate.new_from_file(options.certificate))
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("viewer", "media.factory.access", True)
    permissions.add_permission_for_role("viewer", "media.factory.construct", True)
    factory.set_permissions(permissions)
    server.set_auth(auth)


WAYS = {
    "tcp": GstRtsp.RTSPLowerTrans.TCP,
    "udp": GstRtsp.RTSPLowerTrans.UDP,
    "multicast": GstRtsp.RTSPLowerTrans.UDP_MCAST,
}


def limit_ways(options, factory):
    ways = options.ways.split("+")
    lower = WAYS[ways[0]]
    for way in ways[1:]:
        lower |= WAYS[way]
    factory.set_protocols(lower)
    if "multicast" in ways:
        # One hop: they stay on the cable.
        pool = GstRtspServer.RTSPAddressPool()
        pool.add_range(options.group, options.group, 20000, 20010, 1)
        factory.set_address_pool(pool)
        factory.set_multicast_iface(options.interface)


def obey(remote, loop):
    """Follows standard input to its end, which is the camera's."""
    commands = 0
    for line in sys.stdin:
        remote.command(line.split())
        commands += 1
        print(f"DONE {commands}.", flush=True)
    loop.quit()


def main():
    options = arguments()
    Gst.init(None)
    loop = GLib.MainLoop()
    server = GstRtspServer.RTSPServer()
    server.set_address(options.address)
    server.set_service(options.port)
    # With the one thread it starts with, a viewer who waits for packets would stop the reading of them.
    server.get_thread_pool().set_max_threads(16)
    mounts = server.get_mount_points()
    if options.relay == "none":
        factory = own_picture(options, mounts)
        remote = Remote(factory)
        limit_ways(options, factory)
        if options.login != "none" or options.certificate:
            protect(options, server, factory)
    else:
        remote = Relay(2 if options.relay == "audio+video" else 1, mounts)
    if server.attach(None) == 0:
        sys.exit("The RTSP server found no port")
    print(f"PORT {server.get_bound_port()}", flush=True)
    threading.Thread(target=obey, args=(remote, loop), daemon=True).start()
    loop.run()


main()
