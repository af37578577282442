"""A cable from this machine to a camera that has a network of its own.

The network is this process's, without a name, so that nothing is left of it when the process has ended, however that
happens. At either end of the cable is a TUN device; this process carries the packets between them, and can delay, lose
and cut. Prints "READY" when it carries, answers each command with "DONE n", the how many-th it was, and ends when its
standard input does.

Commands: loss PERCENT (both ways, at random by a seed, UDP only so that TCP is not what is measured) / delay
MILLISECONDS (each way) / cut / mend / ours up|down / camera up|down (the link itself).
"""
import collections
import fcntl
import os
import random
import select
import socket
import struct
import subprocess
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN_NO_PI = 0x1001
UDP = 17
MAX_WAITING = 20000


def tun(name):
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN_NO_PI))
    return device


def ip(*words, within=None):
    prefix = ["nsenter", f"--net={within}"] if within else []
    subprocess.run(prefix + ["ip", *words], check=True, stdin=subprocess.DEVNULL)


class Cable:
    def __init__(self, name, ours, camera):
        libc = __import__("ctypes").CDLL(None, use_errno=True)
        self.here = f"/proc/{os.getppid()}/ns/net"
        self.name = name
        first = tun(name)
        ip("addr", "add", ours, "peer", camera, "dev", name)
        ip("link", "set", name, "up")
        if libc.unshare(0x40000000) != 0:
            sys.exit("No network namespace may be made here")
        second = tun("cable0")
        ip("link", "set", "lo", "up")
        ip("addr", "add", camera, "peer", ours, "dev", "cable0")
        ip("link", "set", "cable0", "up")
        self.route()
        self.ours, self.camera = ours, camera
        self.other = {first: second, second: first}
        self.waiting = collections.deque()
        self.loss = 0.0
        self.delay = 0.0
        self.is_cut = False
        self.random = random.Random(4711)

    def route(self):
        # Groups are reached by the cable as well; the kernel forgets this when the link goes down.
        ip("route", "replace", "224.0.0.0/4", "dev", "cable0")

    def command(self, words):
        if words[0] == "loss":
            self.loss = float(words[1]) / 100
        elif words[0] == "delay":
            self.delay = float(words[1]) / 1000
        elif words[0] in ("cut", "mend"):
            self.is_cut = words[0] == "cut"
            self.waiting.clear()
        elif words[0] == "ours":
            ip("link", "set", self.name, words[1], within=self.here)
        elif words[0] == "camera":
            ip("link", "set", "cable0", words[1])
            if words[1] == "up":
                self.route()

    def carry(self, device):
        for _ in range(64):
            try:
                packet = os.read(device, 65536)
            except OSError:
                # Nothing more, or a link that is down.
                return
            if self.is_cut or len(self.waiting) >= MAX_WAITING:
                continue
            if self.loss and packet[9] == UDP and self.random.random() < self.loss:
                continue
            if self.delay:
                self.waiting.append((time.monotonic() + self.delay, self.other[device], packet))
            else:
                self.put(self.other[device], packet)

    @staticmethod
    def put(device, packet):
        try:
            os.write(device, packet)
        except OSError:
            # A link that is down takes nothing.
            pass

    def run(self):
        commands = 0
        text = b""
        print("READY", flush=True)
        while True:
            timeout = max(0.0, self.waiting[0][0] - time.monotonic()) if self.waiting else None
            ready, _, _ = select.select([0, *self.other], [], [], timeout)
            while self.waiting and self.waiting[0][0] <= time.monotonic():
                _, device, packet = self.waiting.popleft()
                self.put(device, packet)
            for device in ready:
                if device != 0:
                    self.carry(device)
                    continue
                read = os.read(0, 4096)
                if not read:
                    return
                text += read
                while b"\n" in text:
                    line, text = text.split(b"\n", 1)
                    self.command(line.decode().split())
                    commands += 1
                    print(f"DONE {commands}.", flush=True)


Cable(*sys.argv[1:4]).run()
