// <oriel-camera src="front"></oriel-camera>: the live picture of one camera, over WHEP.
//
// It connects when it comes into view, comes back by itself with growing pauses, and says in words why there is no picture.
// The video element inside carries data-stream and data-state: idle, connecting, playing, stalled or failed. Each change is
// told by the event "oriel-state" with {state, reason, sound} in its detail.

const SERVER = new URL('./', import.meta.url);
const GATHERING_MILLIS = 150;
const ANSWER_MILLIS = 12_000;
const PATH_MILLIS = 12_000;
const DISCONNECTED_MILLIS = 4_000;
const STALLED_MILLIS = 4_000;
const OUT_OF_VIEW_MILLIS = 5_000;
const HIDDEN_MILLIS = 30_000;
const FIRST_PAUSE_MILLIS = 1_000;
const LONGEST_PAUSE_MILLIS = 15_000;

/** A reason for people, with the pause the server asked for. */
class Refusal extends Error {
  constructor(sentence, pauseMillis = 0) {
    super(sentence);
    this.pauseMillis = pauseMillis;
  }
}

/** One attempt to watch: from the offer to the end of the peer connection. */
class Viewing {
  #peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  #aborter = new AbortController();
  #session = null;
  #unsent = [];
  #timers = new Set();
  #connected = false;
  #over = false;

  constructor(endpoint, events) {
    this.endpoint = endpoint;
    this.events = events;
    this.media = new MediaStream();
    this.#peer.addTransceiver('video', { direction: 'recvonly' });
    this.#peer.addTransceiver('audio', { direction: 'recvonly' });
    this.#peer.ontrack = ({ track }) => {
      this.media.addTrack(track);
      events.track(this.media);
    };
    this.#peer.onconnectionstatechange = () => this.#connection();
    this.#peer.onicecandidate = ({ candidate }) => this.#candidate(candidate);
    this.#run().catch((failure) => this.#end(failure));
  }

  get peer() { return this.#peer; }

  /** Whether the camera has sound that this browser can play. */
  get sound() {
    return this.#peer.getTransceivers().some((one) =>
      one.receiver.track.kind === 'audio' && one.currentDirection === 'recvonly');
  }

  close() {
    this.#end(null);
  }

  async #run() {
    await this.#peer.setLocalDescription();
    await this.#gathered();
    const description = this.#peer.localDescription.sdp;
    const answerTimer = this.#after(ANSWER_MILLIS, () => this.#aborter.abort());
    const response = await this.#post(description);
    const sdp = await response.text();
    clearTimeout(answerTimer);
    this.#session = new URL(response.headers.get('Location'), response.url);
    if (this.#over) {
      this.#leave();
      return;
    }
    await this.#peer.setRemoteDescription({ type: 'answer', sdp });
    this.#watchTransport();
    this.#sendCandidates();
    this.#after(PATH_MILLIS, () => {
      if (!this.#connected) {
        this.#end(new Refusal('No network path to the server was found.'));
      }
    });
  }

  /** A server that ends the session says so by DTLS; the state of the connection follows seconds later only. */
  #watchTransport() {
    const transport = this.#peer.getReceivers()[0]?.transport;
    transport?.addEventListener('statechange', () => {
      if (transport.state === 'closed' || transport.state === 'failed') {
        this.#end(new Refusal('The server ended the connection.'));
      }
    });
  }

  async #post(body) {
    let response;
    try {
      response = await fetch(this.endpoint, {
        method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body, signal: this.#aborter.signal,
      });
    } catch {
      throw new Refusal(this.#aborter.signal.aborted ? 'The server did not answer in time.' : 'The server cannot be reached.');
    }
    if (response.status !== 201) {
      const problem = await response.json().catch(() => ({}));
      throw new Refusal(
        typeof problem.error === 'string' ? problem.error : `The server answers with status ${response.status}.`,
        1000 * Number(response.headers.get('Retry-After') ?? 0) || 0);
    }
    return response;
  }

  /** Candidates of this machine itself are there at once; later ones follow by PATCH. */
  #gathered() {
    return new Promise((resolve) => {
      const done = () => this.#peer.iceGatheringState === 'complete' && resolve();
      this.#peer.addEventListener('icegatheringstatechange', done);
      this.#after(GATHERING_MILLIS, resolve);
      done();
    });
  }

  #candidate(candidate) {
    const offered = this.#peer.localDescription?.sdp ?? '';
    if (candidate?.candidate && this.#peer.signalingState !== 'closed') {
      this.#unsent.push({ candidate, offered });
      if (this.#session) {
        this.#sendCandidates();
      }
    }
  }

  #sendCandidates() {
    const sdp = this.#peer.localDescription.sdp;
    const late = this.#unsent.splice(0).map(({ candidate }) => candidate);
    if (late.length === 0) {
      return;
    }
    const line = (name) => sdp.match(new RegExp(`^a=${name}:.*$`, 'm'))?.[0].trim() ?? '';
    const fragment = [line('ice-ufrag'), line('ice-pwd')];
    const media = sdp.match(/^m=.*$/m)[0].trim();
    fragment.push(media, `a=mid:${late[0].sdpMid}`, ...late.map(({ candidate }) => `a=${candidate}`), '');
    fetch(this.#session, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*' },
      body: fragment.join('\r\n'),
    }).catch(() => {});
  }

  #connection() {
    const state = this.#peer.connectionState;
    this.#connected ||= state === 'connected';
    if (state === 'failed') {
      this.#end(new Refusal('The connection was lost.'));
    } else if (state === 'disconnected') {
      this.#after(DISCONNECTED_MILLIS, () => {
        if (this.#peer.connectionState === 'disconnected') {
          this.#end(new Refusal('The connection was lost.'));
        }
      });
    } else if (state === 'closed') {
      this.#end(new Refusal('The server ended the connection.'));
    }
  }

  #after(millis, task) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      task();
    }, millis);
    this.#timers.add(timer);
    return timer;
  }

  #end(failure) {
    if (this.#over) {
      return;
    }
    this.#over = true;
    this.#timers.forEach(clearTimeout);
    this.#aborter.abort();
    this.#peer.onconnectionstatechange = null;
    this.#peer.close();
    this.#leave();
    if (failure) {
      this.events.end(failure instanceof Refusal ? failure : new Refusal('This browser cannot play the camera.'));
    }
  }

  #leave() {
    if (this.#session) {
      fetch(this.#session, { method: 'DELETE', keepalive: true }).catch(() => {});
      this.#session = null;
    }
  }
}

export class OrielCamera extends HTMLElement {
  static observedAttributes = ['src'];

  #video = document.createElement('video');
  #words = document.createElement('p');
  #viewing = null;
  #state = 'idle';
  #reason = '';
  #hint = '';
  #pause = FIRST_PAUSE_MILLIS;
  #retry = null;
  #away = null;
  #watchdog = null;
  #started = 0;
  #firstPicture = null;
  #lastBytes = 0;
  #lastArrival = 0;
  #lastSeen = 0;
  #lastRefusal = '';
  #rate = null;
  #inView = false;
  #observer = new IntersectionObserver(
    (entries) => this.#looked(entries[entries.length - 1].isIntersecting), { rootMargin: '150px' });
  #visibility = () => this.#presence();
  #online = () => this.#again();
  #leaving = () => this.#stop();
  #returning = ({ persisted }) => persisted && this.#again();

  constructor() {
    super();
    this.#video.muted = true;
    this.#video.autoplay = true;
    this.#video.playsInline = true;
    this.#video.addEventListener('playing', () => this.#picture());
    this.#words.className = 'oriel-reason';
  }

  connectedCallback() {
    this.replaceChildren(this.#video, this.#words);
    this.#named();
    this.#show('idle', '');
    this.#observer.observe(this);
    document.addEventListener('visibilitychange', this.#visibility);
    window.addEventListener('online', this.#online);
    window.addEventListener('pagehide', this.#leaving);
    window.addEventListener('pageshow', this.#returning);
  }

  disconnectedCallback() {
    this.#observer.disconnect();
    document.removeEventListener('visibilitychange', this.#visibility);
    window.removeEventListener('online', this.#online);
    window.removeEventListener('pagehide', this.#leaving);
    window.removeEventListener('pageshow', this.#returning);
    this.#inView = false;
    clearTimeout(this.#away);
    this.#stop();
  }

  attributeChangedCallback() {
    if (this.isConnected) {
      this.#named();
      this.#stop();
      this.#lastRefusal = '';
      this.#again();
    }
  }

  get state() { return this.#state; }
  get reason() { return this.#reason; }

  /** Whether the camera has sound; known while it plays. */
  get sound() { return this.#viewing?.sound ?? false; }

  get muted() { return this.#video.muted; }
  set muted(muted) { this.#video.muted = muted; }

  /** What the server says about the camera, shown while there is no picture and nothing better to say. */
  set hint(sentence) {
    if (this.#hint !== sentence) {
      this.#hint = sentence;
      this.#speak();
    }
  }

  /** Figures for people: codec, width, height, fps, bitsPerSecond, packetsLost, firstPictureMillis; null while there are none. */
  async statistics() {
    const report = await this.#viewing?.peer.getStats().catch(() => null);
    if (!report) {
      return null;
    }
    const video = [...report.values()].find((one) => one.type === 'inbound-rtp' && one.kind === 'video');
    const codec = video && report.get(video.codecId);
    return video && {
      codec: codec?.mimeType.replace('video/', '') ?? '',
      width: video.frameWidth ?? 0,
      height: video.frameHeight ?? 0,
      fps: video.framesPerSecond ?? 0,
      bitsPerSecond: this.#rate,
      packetsLost: video.packetsLost ?? 0,
      firstPictureMillis: this.#firstPicture,
    };
  }

  #named() {
    const name = this.getAttribute('src') ?? '';
    this.#video.dataset.stream = name;
    this.#video.setAttribute('aria-label', `Live picture of ${name}`);
  }

  #start() {
    if (this.#viewing || !this.#inView || !this.getAttribute('src')) {
      return;
    }
    clearTimeout(this.#retry);
    this.#retry = null;
    this.#started = performance.now();
    this.#firstPicture = null;
    this.#show('connecting', '');
    const endpoint = new URL(`${encodeURIComponent(this.getAttribute('src'))}/whep`, SERVER);
    const viewing = new Viewing(endpoint, {
      track: (media) => {
        if (this.#viewing === viewing && this.#video.srcObject !== media) {
          this.#video.srcObject = media;
          this.#play();
        }
      },
      end: (refusal) => this.#viewing === viewing && this.#failed(refusal),
    });
    this.#viewing = viewing;
    this.#lastBytes = 0;
    this.#lastArrival = performance.now();
    this.#watchdog = setInterval(() => this.#check(viewing), 1000);
  }

  #play() {
    this.#video.play().catch(() => {
      // A browser that wants a click first still lets muted pictures run.
      this.#video.muted = true;
      this.#video.play().catch(() => {});
    });
  }

  #picture() {
    this.#firstPicture ??= performance.now() - this.#started;
    this.#pause = FIRST_PAUSE_MILLIS;
    this.#lastRefusal = '';
    this.#show('playing', '');
  }

  /** Looks once a second whether media still comes; the server bridges outages of a camera on the same connection. */
  async #check(viewing) {
    const report = await viewing.peer.getStats().catch(() => new Map());
    const video = [...report.values()].find((one) => one.type === 'inbound-rtp' && one.kind === 'video');
    if (this.#viewing !== viewing || viewing.peer.connectionState !== 'connected') {
      return;
    }
    const now = performance.now();
    const bytes = video?.bytesReceived ?? 0;
    if (this.#lastBytes > 0 && bytes >= this.#lastBytes) {
      this.#rate = 8000 * (bytes - this.#lastBytes) / (now - this.#lastSeen);
    }
    this.#lastSeen = now;
    if (bytes > this.#lastBytes) {
      this.#lastBytes = bytes;
      this.#lastArrival = now;
      if (this.#state === 'stalled' && this.#firstPicture !== null) {
        this.#show('playing', '');
      }
    } else if (now - this.#lastArrival > STALLED_MILLIS && this.#state !== 'stalled') {
      this.#show('stalled', 'The camera sends nothing at the moment.');
    }
  }

  #failed(refusal) {
    this.#stop();
    const pause = Math.max(refusal.pauseMillis, this.#pause) * (0.8 + 0.4 * Math.random());
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE_MILLIS);
    this.#lastRefusal = refusal.message;
    this.#show('failed', refusal.message);
    this.#retry = setTimeout(() => {
      this.#retry = null;
      this.#start();
    }, pause);
  }

  #stop() {
    clearTimeout(this.#retry);
    clearInterval(this.#watchdog);
    this.#retry = null;
    const viewing = this.#viewing;
    this.#viewing = null;
    viewing?.close();
    this.#video.srcObject = null;
    this.#rate = null;
    this.#show('idle', '');
  }

  #again() {
    if (!this.#viewing && !document.hidden) {
      this.#start();
    }
  }

  #looked(inView) {
    this.#inView = inView;
    this.#presence();
  }

  #presence() {
    clearTimeout(this.#away);
    if (this.#inView && !document.hidden) {
      this.#again();
    } else {
      this.#away = setTimeout(() => this.#stop(), document.hidden ? HIDDEN_MILLIS : OUT_OF_VIEW_MILLIS);
    }
  }

  #show(state, reason) {
    const changed = this.#state !== state || this.#reason !== reason;
    this.#state = state;
    this.#reason = reason;
    this.dataset.state = state;
    this.#video.dataset.state = state;
    this.#speak();
    if (changed) {
      this.dispatchEvent(new CustomEvent('oriel-state', {
        bubbles: true, detail: { state, reason, sound: this.sound },
      }));
    }
  }

  #speak() {
    const words = {
      idle: '', playing: '',
      // While it tries again, what was wrong stays readable.
      connecting: this.#lastRefusal || 'Connecting …',
      stalled: this.#hint || this.#reason,
      failed: this.#reason || this.#hint,
    }[this.#state];
    if (this.#words.textContent !== words) {
      this.#words.textContent = words;
    }
  }
}

/** What a state is called on a page. */
export const STATE_WORDS = {
  idle: 'Off', connecting: 'Connecting', playing: 'Live', stalled: 'No picture', failed: 'No picture',
};

const CODEC_WORDS = { 'MPEG4-GENERIC': 'AAC', OPUS: 'Opus' };

/** What a codec is called on a page. */
export const codecWord = (name) => CODEC_WORDS[name.toUpperCase()] ?? name.toUpperCase();

customElements.define('oriel-camera', OrielCamera);
