"""A small internet: a viewer behind two routers of its own, a server behind one, and what is public between them.

    viewer 192.168.1.2 --- gate "viewer" 203.0.113.20 ---+
       "   192.168.2.2 --- gate "mobile" 203.0.113.40 ---+--- internet 203.0.113.1 (STUN, TURN)
    server 198.51.100.10, .11 --- gate "server" 203.0.113.30 ---+

Each is a network of its own without a name, held by a child of this process, so that nothing is left of any when this
process has ended, however that happens. IPv6 is routed everywhere and translated nowhere: 2001:db8:0:1::/64 is public,
the server is 2001:db8:0:2::10, the viewer 2001:db8:0:3::2. Both have IPv4 only, or only IPv6, since what one does not carry
goes by the other. Prints "READY" with the process that holds
each network, answers each command with "DONE n", the how many-th it was, and ends when its standard input does.

Commands: gate NAME KIND [no-udp] [no-tcp] [no ADDRESS] [forward] / readdress NAME ADDRESS (another public one, and every mapping is
forgotten) / link DEVICE up|down (the viewer's) / only-ipv6.

KIND is open (routes), full-cone (one mapping for all, and everybody may send to it), port-restricted (one mapping for all,
and who was sent to may send to it) or symmetric (a mapping for each who is sent to). TCP port 8083 of the server's gate is
forwarded to the server whatever its kind; with "forward" port 8189 of UDP and TCP is as well.
"""
import ctypes
import os
import signal
import subprocess
import sys

NEW_NETWORK = 0x40000000
DIES_WITH_PARENT = 1
libc = ctypes.CDLL(None, use_errno=True)

SIGNALING = 8083
MEDIA = 8189
ROUTED = ["198.51.100.0/24 via 203.0.113.30", "192.168.1.0/24 via 203.0.113.20", "192.168.2.0/24 via 203.0.113.40"]
ROUTED_6 = [
    "2001:db8:0:2::/64 via 2001:db8:0:1::30",
    "2001:db8:0:3::/64 via 2001:db8:0:1::20",
]


def run(command, within=None, text=None):
    prefix = ["nsenter", f"--net=/proc/{within}/ns/net"] if within else []
    done = subprocess.run(prefix + command, input=text or "", text=True, capture_output=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: {done.stderr}\n{text or ''}")


def ip(line, within=None):
    run(["ip", *line.split()], within)


def write(name, value):
    with open("/proc/sys/net/" + name, "w") as file:
        file.write(value)


def settle():
    """What every network of this rig is like; in the process that is in it."""
    for family in ("ipv4/ip_forward", "ipv6/conf/all/forwarding"):
        write(family, "1")
    for which in ("all", "default"):
        write(f"ipv6/conf/{which}/accept_dad", "0")
        write(f"ipv4/conf/{which}/rp_filter", "0")
    ip("link set lo up")


def hold():
    """A network of its own, and the process that holds it."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        libc.prctl(DIES_WITH_PARENT, signal.SIGKILL)
        if libc.unshare(NEW_NETWORK) != 0:
            os._exit(1)
        settle()
        os.write(tell, b".")
        os.close(0)
        while True:
            signal.pause()
    os.close(tell)
    if os.read(told, 1) != b".":
        sys.exit("No network namespace may be made here")
    os.close(told)
    return child


def wire(first, device, second, other):
    ip(f"link add {device} type veth peer name {other} netns {second}", first)
    ip(f"link set {device} up", first)
    ip(f"link set {other} up", second)


class Gate:
    """A router between the public network and one that is not."""

    def __init__(self, internet, name, number, inner, lan, lan6):
        self.name, self.inner = name, inner
        self.public = f"203.0.113.{number}"
        self.net = ".".join(inner.split(".")[:3]) + ".0/24"
        self.pid = hold()
        wire(self.pid, "wan", internet, "gate" + str(number))
        ip(f"link set gate{number} master public", internet)
        ip(f"addr add {self.public}/24 dev wan", self.pid)
        ip(f"addr add 2001:db8:0:1::{number}/64 dev wan nodad", self.pid)
        for family, routes in (("-4", ROUTED), ("-6", ROUTED_6)):
            for route in routes:
                if not route.endswith(str(number)):
                    ip(f"{family} route add {route}", self.pid)
        self.lan, self.lan6 = lan, lan6

    def serve(self, host, device):
        wire(self.pid, "lan", host, device)
        ip(f"addr add {self.lan}/24 dev lan", self.pid)
        ip(f"addr add {self.lan6}/64 dev lan nodad", self.pid)
        ip(f"addr add {self.inner}/24 dev {device}", host)

    def become(self, kind, *further):
        pre, post, forward = [], [], []
        if "forward" in further:
            pre.append(f'iifname "wan" ip daddr {self.public} meta l4proto {{ tcp, udp }} th dport {MEDIA} dnat to {self.inner}')
        if kind != "open":
            forward.append('iifname "wan" ct state new ct status & dnat == 0 drop')
        if self.name == "server":
            pre.append(f'iifname "wan" ip daddr {self.public} tcp dport {SIGNALING} dnat to {self.inner}')
        mine = f'oifname "wan" ip saddr {self.net}'
        if kind == "full-cone":
            pre.append(f'iifname "wan" ip daddr {self.public} udp dport 1024-65535 dnat to {self.inner}')
        if kind == "symmetric":
            post.append(f"{mine} meta l4proto udp snat to {self.public}:1024-65535 fully-random")
        if kind != "open":
            post.append(f"{mine} snat to {self.public}")
        words = list(further)
        while words:
            word = words.pop(0)
            if word == "no":
                forward.insert(0, f"ip daddr {words.pop(0)} meta l4proto udp drop")
            elif word == "no-udp":
                forward.insert(0, "meta l4proto udp drop")
            elif word == "no-tcp":
                forward.insert(0, f"meta l4proto tcp ct original proto-dst != {SIGNALING} drop")
        rules = "\n".join(
            ["add table ip gate", "delete table ip gate", "table ip gate {"]
            + ["chain pre { type nat hook prerouting priority -100;"] + pre + ["}"]
            + ["chain post { type nat hook postrouting priority 100;"] + post + ["}"]
            + ["chain forward { type filter hook forward priority 0;"] + forward + ["}"]
            # Else what comes uncalled would take the port that is to be mapped.
            + ['chain input { type filter hook input priority 0;', 'iifname "wan" meta l4proto udp drop', "}", "}"]
        )
        run(["nft", "-f", "-"], self.pid, rules + "\n")
        run(["conntrack", "-F"], self.pid)
        self.kind, self.further = kind, further

    def readdress(self, address):
        ip(f"addr replace {address}/24 dev wan", self.pid)
        self.public = address
        self.become(self.kind, *self.further)


class Rig:
    def __init__(self):
        if libc.unshare(NEW_NETWORK) != 0:
            sys.exit("No network namespace may be made here")
        settle()
        self.internet = os.getpid()
        ip("link add public type bridge")
        ip("link set public up")
        ip("addr add 203.0.113.1/24 dev public")
        ip("addr add 2001:db8:0:1::1/64 dev public nodad")
        for family, routes in (("-4", ROUTED), ("-6", ROUTED_6)):
            for route in routes:
                ip(f"{family} route add {route}")
        self.viewer, self.server = hold(), hold()
        self.gates = {
            "viewer": Gate(self.internet, "viewer", 20, "192.168.1.2", "192.168.1.1", "2001:db8:0:3::1"),
            "server": Gate(self.internet, "server", 30, "198.51.100.10", "198.51.100.1", "2001:db8:0:2::1"),
            "mobile": Gate(self.internet, "mobile", 40, "192.168.2.2", "192.168.2.1", "2001:db8:0:4::1"),
        }
        self.gates["server"].serve(self.server, "eth0")
        ip("addr add 198.51.100.11/24 dev eth0", self.server)
        ip("route add default via 198.51.100.1", self.server)
        self.gates["viewer"].serve(self.viewer, "wifi")
        self.gates["mobile"].serve(self.viewer, "mobile")
        ip("link set mobile down", self.viewer)
        self.route_viewer("wifi")
        for gate in self.gates.values():
            gate.become("open")

    def route_viewer(self, device):
        """Each device of the viewer has its own way out, and by default the first that is up."""
        number = {"wifi": 1, "mobile": 2}[device]
        ip(f"route replace default via 192.168.{number}.1 dev {device} metric {number}", self.viewer)
        ip(f"route replace default via 192.168.{number}.1 dev {device} table {number}", self.viewer)
        run(["ip", "rule", "del", "from", f"192.168.{number}.2"], self.viewer) if number in self.rules else None
        ip(f"rule add from 192.168.{number}.2 table {number}", self.viewer)
        self.rules.add(number)

    rules = set()

    def command(self, words):
        if words[0] == "gate":
            self.gates[words[1]].become(*words[2:])
        elif words[0] == "readdress":
            self.gates[words[1]].readdress(words[2])
        elif words[0] == "link":
            ip(f"link set {words[1]} {words[2]}", self.viewer)
            if words[2] == "up":
                # The kernel forgets its routes when a link goes down.
                self.route_viewer(words[1])
        elif words[0] == "only-ipv6":
            for network, device in ((self.viewer, "wifi"), (self.viewer, "mobile"), (self.server, "eth0")):
                ip(f"-4 addr flush dev {device}", network)
            for network, device, net, host in ((self.viewer, "wifi", 3, 2), (self.server, "eth0", 2, 10)):
                ip(f"-6 addr add 2001:db8:0:{net}::{host}/64 dev {device} nodad", network)
                ip(f"-6 route add default via 2001:db8:0:{net}::1", network)
        else:
            sys.exit(f"There is no command {words}")


rig = Rig()
print(f"READY {rig.internet} {rig.viewer} {rig.server}", flush=True)
for number, line in enumerate(sys.stdin, 1):
    rig.command(line.split())
    print(f"DONE {number}.", flush=True)
