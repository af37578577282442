"""One viewer by GStreamer's webrtcbin: offers picture and sound to a WHEP address, decodes what comes, and counts it.

Command line: the WHEP address, "all" or "relay" (which candidates), the sound's format (opus or pcma, since webrtcbin
offers one only), and one URL for each STUN or TURN server. Prints OFFER and ANSWER (base64), STATE as it changes, and
COUNTED with pictures and milliseconds of sound so far. Ends with its standard input, and then takes leave by DELETE.
"""
import base64
import os
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstWebRTC", "1.0")
gi.require_version("GstSdp", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

SOUNDS = {
    "opus": "encoding-name=OPUS,payload=97,clock-rate=48000,encoding-params=(string)2",
    "pcma": "encoding-name=PCMA,payload=8,clock-rate=8000",
}
counted = {"video": 0, "audio": 0}


def say(*words):
    print(*words, flush=True)


def fail(*words):
    say("FAILED", *words)
    os._exit(1)


def count(kind, sink, buffer, pad):
    if kind == "audio":
        counted["audio"] += buffer.duration / Gst.MSECOND if buffer.duration != Gst.CLOCK_TIME_NONE else 0
        return
    if counted["video"] == 0:
        caps = pad.get_current_caps().get_structure(0)
        say("SIZE", caps.get_value("width"), caps.get_value("height"))
    counted["video"] += 1


class Viewer:
    def __init__(self, url, candidates, sound, servers):
        self.url = url
        self.session = None
        self.pipe = Gst.Pipeline()
        self.bin = Gst.ElementFactory.make("webrtcbin")
        self.bin.set_property("bundle-policy", GstWebRTC.WebRTCBundlePolicy.MAX_BUNDLE)
        if candidates == "relay":
            self.bin.set_property("ice-transport-policy", GstWebRTC.WebRTCICETransportPolicy.RELAY)
        for server in servers:
            scheme, rest = server.split(":", 1)
            if scheme == "stun":
                self.bin.set_property("stun-server", "stun://" + rest)
            else:
                self.bin.emit("add-turn-server", scheme + "://" + rest)
        self.pipe.add(self.bin)
        self.bin.connect("pad-added", self.received)
        self.bin.connect("notify::ice-gathering-state", self.gathered)
        self.bin.connect("notify::connection-state", self.changed)
        receive = GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY
        for caps in (
            "media=video,encoding-name=H264,payload=96,clock-rate=90000,packetization-mode=(string)1,"
            "profile-level-id=(string)42e01f,rtcp-fb-nack=true,rtcp-fb-nack-pli=true",
            "media=audio," + SOUNDS[sound],
        ):
            self.bin.emit("add-transceiver", receive, Gst.Caps.from_string("application/x-rtp," + caps))
        bus = self.pipe.get_bus()
        bus.add_signal_watch()
        bus.connect("message::error", lambda _, message: fail(*message.parse_error()))
        self.pipe.set_state(Gst.State.PLAYING)
        self.bin.emit("create-offer", None, Gst.Promise.new_with_change_func(self.offered))

    def offered(self, promise):
        # What lies in the reply lives as long as that.
        reply = promise.get_reply()
        self.bin.emit("set-local-description", reply.get_value("offer"), None)

    def gathered(self, *_):
        if self.bin.get_property("ice-gathering-state") == GstWebRTC.WebRTCICEGatheringState.COMPLETE:
            GLib.idle_add(self.negotiate)

    def negotiate(self):
        offer = self.bin.get_property("local-description").sdp.as_text()
        say("OFFER", base64.b64encode(offer.encode()).decode())
        request = urllib.request.Request(self.url, offer.encode(), {"Content-Type": "application/sdp"})
        try:
            with urllib.request.urlopen(request, timeout=20) as reply:
                self.session = urllib.parse.urljoin(self.url, reply.headers["Location"])
                answer = reply.read()
        except urllib.error.HTTPError as e:
            fail("REFUSED", e.code, e.read().decode())
        say("ANSWER", base64.b64encode(answer).decode())
        _, message = GstSdp.SDPMessage.new_from_text(answer.decode())
        description = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, message)
        self.bin.emit("set-remote-description", description, None)
        return GLib.SOURCE_REMOVE

    def changed(self, *_):
        state = self.bin.get_property("connection-state")
        say("STATE", state.value_nick.upper())

    def received(self, _, pad):
        if pad.get_direction() != Gst.PadDirection.SRC:
            return
        kind = pad.get_current_caps().get_structure(0).get_value("media")
        decode = Gst.ElementFactory.make("decodebin")
        decode.connect("pad-added", self.decoded, kind)
        self.pipe.add(decode)
        decode.sync_state_with_parent()
        pad.link(decode.get_static_pad("sink"))

    def decoded(self, _, pad, kind):
        sink = Gst.ElementFactory.make("fakesink")
        sink.set_property("signal-handoffs", True)
        sink.set_property("sync", False)
        sink.connect("handoff", lambda sink, buffer, pad: count(kind, sink, buffer, pad))
        self.pipe.add(sink)
        sink.sync_state_with_parent()
        pad.link(sink.get_static_pad("sink"))

    def leave(self):
        try:
            if self.session:
                urllib.request.urlopen(urllib.request.Request(self.session, method="DELETE"), timeout=5)
        except OSError:
            # The server is gone.
            pass


def tell():
    say("COUNTED", counted["video"], int(counted["audio"]))
    return GLib.SOURCE_CONTINUE


Gst.init(None)
if not Gst.ElementFactory.find("nicesrc"):
    fail("GStreamer has no ICE here; Debian's package is gstreamer1.0-nice")
viewer = Viewer(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])


def end_with_input():
    sys.stdin.buffer.read()
    viewer.leave()
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()
GLib.timeout_add(100, tell)
GLib.MainLoop().run()
