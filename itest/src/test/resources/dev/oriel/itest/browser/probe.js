// Put into each page before its own scripts: what a test asks of a camera's picture and sound. Times are milliseconds since
// the beginning of the navigation.

window.viewerProbe = (() => {
  const COLUMNS = 32;
  const ROWS = 18;
  const SHADES = 16;
  const firstPictures = new WeakMap();
  const canvas = new OffscreenCanvas(COLUMNS, ROWS);
  const drawing = canvas.getContext("2d", { willReadFrequently: true });

  // Media events do not bubble, but they can be captured. This one comes when a video is given its stream, before any frame.
  addEventListener("loadstart", ({ target }) => {
    target.requestVideoFrameCallback?.((now) => {
      if (!firstPictures.has(target)) {
        firstPictures.set(target, now);
      }
    });
  }, true);

  // Every connection that the page makes, whoever keeps it.
  const connections = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...how) {
      super(...how);
      connections.push(this);
    }
  };

  const video = (stream) => document.querySelector(`video[data-stream=${CSS.escape(stream)}]`);
  const camera = (stream) => video(stream)?.closest("oriel-camera");

  // The connection that brings what the video plays.
  function connection(stream) {
    const played = video(stream)?.srcObject?.getTracks() ?? [];
    return connections.find((peer) => peer.getReceivers().some((receiver) => played.includes(receiver.track)));
  }

  async function inbound(stream) {
    const reports = (await connection(stream)?.getStats()) ?? new Map();
    return [...reports.values()].filter((report) => report.type === "inbound-rtp");
  }

  async function statistics(stream, kind) {
    const report = (await inbound(stream)).find((r) => r.kind === kind) ?? {};
    return Object.fromEntries(Object.entries(report).filter(([, value]) => typeof value === "number"));
  }

  const probe = {
    width: (stream) => video(stream)?.videoWidth ?? 0,
    height: (stream) => video(stream)?.videoHeight ?? 0,
    frames: (stream) => video(stream)?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
    firstPicture: (stream) => firstPictures.get(video(stream) ?? probe) ?? -1,

    // The picture in so few cells and shades that only what a person would notice makes a difference.
    look(stream) {
      drawing.drawImage(video(stream), 0, 0, COLUMNS, ROWS);
      const { data } = drawing.getImageData(0, 0, COLUMNS, ROWS);
      let cells = "";
      for (let i = 0; i < data.length; i += 4) {
        const grey = (data[i] * 299 + data[i + 1] * 587 + data[i + 2] * 114) / 1000;
        cells += Math.floor((grey * SHADES) / 256).toString(SHADES);
      }
      return cells;
    },

    videoStatistics: (stream) => statistics(stream, "video"),
    soundStatistics: (stream) => statistics(stream, "audio"),

    async soundPackets(stream) {
      return (await inbound(stream))
        .filter((report) => report.kind === "audio")
        .reduce((sum, report) => sum + report.packetsReceived, 0);
    },

    // A muted element hears nothing, whatever arrives.
    async soundEnergy(stream) {
      video(stream).muted = false;
      return (await inbound(stream))
        .filter((report) => report.kind === "audio")
        .reduce((sum, report) => sum + report.totalAudioEnergy, 0);
    },

    async describe(stream) {
      const element = camera(stream);
      return JSON.stringify({
        stream,
        page: document.body.innerText.trim().replace(/\s+/g, " ").slice(0, 400),
        found: Boolean(video(stream)),
        state: element?.state,
        why: element?.why,
        connection: connection(stream)?.connectionState,
        ice: connection(stream)?.iceConnectionState,
        size: [probe.width(stream), probe.height(stream)],
        frames: probe.frames(stream),
        playedSeconds: video(stream)?.currentTime,
        firstPicture: probe.firstPicture(stream),
        sinceOffer: element?.firstPictureMillis,
        received: (await inbound(stream)).map((r) => ({
          kind: r.kind,
          packets: r.packetsReceived,
          lost: r.packetsLost,
          decoded: r.framesDecoded,
          dropped: r.framesDropped,
          keyframes: r.keyFramesDecoded,
          freezes: r.freezeCount,
          pli: r.pliCount,
          nack: r.nackCount,
          decoder: r.decoderImplementation,
          heldBackMillis: Math.round((1000 * r.jitterBufferDelay) / r.jitterBufferEmittedCount),
          energy: r.totalAudioEnergy,
        })),
      });
    },
  };
  return probe;
})();
