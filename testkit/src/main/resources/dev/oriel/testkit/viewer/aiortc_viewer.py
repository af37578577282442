"""One viewer by aiortc: offers picture and sound to a WHEP address, decodes what comes, and counts it.

Command line: the WHEP address, "all" or "relay" (which candidates), and one URL for each STUN or TURN server, with user
and password as user:password@ before the host. Prints OFFER and ANSWER (base64), STATE as it changes, and COUNTED with
pictures and milliseconds of sound so far. Ends with its standard input, and then takes leave by DELETE.
"""
import asyncio
import base64
import os
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request

from aiortc import RTCConfiguration, RTCIceServer, RTCPeerConnection, RTCSessionDescription

counted = {"video": 0, "audio": 0}


def say(*words):
    print(*words, flush=True)


def server(url):
    scheme, rest = url.split(":", 1)
    if "@" not in rest:
        return RTCIceServer(urls=url)
    login, host = rest.rsplit("@", 1)
    user, password = login.split(":", 1)
    return RTCIceServer(urls=scheme + ":" + host, username=user, credential=password)


def post(url, offer):
    request = urllib.request.Request(url, offer.encode(), {"Content-Type": "application/sdp"})
    try:
        with urllib.request.urlopen(request, timeout=20) as reply:
            return urllib.parse.urljoin(url, reply.headers["Location"]), reply.read().decode()
    except urllib.error.HTTPError as e:
        sys.exit(f"REFUSED {e.code} {e.read().decode()}")


def leave(session):
    try:
        urllib.request.urlopen(urllib.request.Request(session, method="DELETE"), timeout=5)
    except OSError:
        # The server is gone.
        pass


async def consume(track):
    size = None
    while True:
        frame = await track.recv()
        if track.kind == "audio":
            counted["audio"] += 1000 * frame.samples / frame.sample_rate
            continue
        counted["video"] += 1
        if (frame.width, frame.height) != size:
            size = frame.width, frame.height
            say("SIZE", *size)


async def main(url, candidates, servers):
    if candidates == "relay":
        # It has no such setting: what is no relay is taken out of the offer and out of its own list.
        import aioice.ice
        aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[server(each) for each in servers]))
    connection.on("connectionstatechange", lambda: say("STATE", connection.connectionState.upper()))
    connection.on("track", lambda track: asyncio.ensure_future(consume(track)))
    connection.addTransceiver("video", direction="recvonly")
    connection.addTransceiver("audio", direction="recvonly")
    await connection.setLocalDescription(await connection.createOffer())
    offer = connection.localDescription.sdp
    say("OFFER", base64.b64encode(offer.encode()).decode())
    session, answer = post(url, offer)
    say("ANSWER", base64.b64encode(answer.encode()).decode())
    await connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))

    def end_with_input():
        sys.stdin.buffer.read()
        leave(session)
        os._exit(0)

    threading.Thread(target=end_with_input, daemon=True).start()
    while True:
        say("COUNTED", counted["video"], int(counted["audio"]))
        await asyncio.sleep(0.1)


asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
