// One camera large, with sound, full screen and figures.

import { STATE_WORDS } from './oriel-camera.js';

const name = new URLSearchParams(location.search).get('name') ?? '';
const byId = (id) => document.getElementById(id);
const stage = byId('stage');
const sound = byId('sound');
const full = byId('full');
const camera = document.createElement('oriel-camera');

document.title = name ? `${name} – Oriel` : 'Oriel';
byId('name').textContent = name;

function setText(id, text) {
  if (byId(id).textContent !== text) {
    byId(id).textContent = text;
  }
}

function showSound() {
  const possible = camera.sound;
  sound.disabled = !possible;
  sound.setAttribute('aria-pressed', String(possible && !camera.muted));
  setText('sound-label', camera.state === 'playing' && !possible ? 'No sound' : 'Sound');
}

function toggleSound() {
  if (!sound.disabled) {
    camera.muted = !camera.muted;
    showSound();
  }
}

function toggleFull() {
  if (document.fullscreenElement) {
    document.exitFullscreen();
  } else if (stage.requestFullscreen) {
    stage.requestFullscreen().catch(() => {});
  } else {
    // Phones of one maker let only the video itself fill the screen.
    stage.querySelector('video').webkitEnterFullscreen?.();
  }
}

function rate(bitsPerSecond) {
  if (bitsPerSecond === null) {
    return '–';
  }
  return bitsPerSecond < 1e6 ? `${Math.round(bitsPerSecond / 1e3)} kbit/s` : `${(bitsPerSecond / 1e6).toFixed(1)} Mbit/s`;
}

async function showFigures() {
  const figures = document.hidden ? null : await camera.statistics();
  setText('codec', figures?.codec || '–');
  setText('resolution', figures?.width ? `${figures.width} × ${figures.height}` : '–');
  setText('fps', figures?.fps ? String(Math.round(figures.fps)) : '–');
  setText('rate', figures ? rate(figures.bitsPerSecond) : '–');
  setText('lost', figures ? String(figures.packetsLost) : '–');
  setText('first', figures?.firstPictureMillis ? `${(figures.firstPictureMillis / 1000).toFixed(2)} s` : '–');
}

function showRemarks({ whyNoSound, report }) {
  const list = byId('remarks');
  const sentences = [whyNoSound, ...(report?.remarks ?? [])].filter(Boolean);
  list.hidden = sentences.length === 0;
  if (list.textContent !== sentences.join('')) {
    list.replaceChildren(...sentences.map((sentence) => {
      const item = document.createElement('li');
      item.textContent = sentence;
      return item;
    }));
  }
}

function showReport({ report }) {
  const group = report?.picture?.groupMillis;
  setText('transport', report?.transport ?? '–');
  setText('group', group ? `${(group / 1000).toFixed(1)} s` : '–');
  setText('upstream', report ? String(report.lost) : '–');
}

// What the server knows of the camera: why there is no picture, and how its media comes.
async function showCamera() {
  if (!document.hidden) {
    try {
      const response = await fetch('api/oriel/cameras', { signal: AbortSignal.timeout(8_000) });
      const { cameras } = await response.json();
      const known = cameras.find((one) => one.name === name) ?? {};
      camera.hint = known.whyNoPicture ?? '';
      showReport(known);
      showRemarks(known);
    } catch {
      // The camera itself says that the server is away.
    }
  }
}

camera.addEventListener('oriel-state', ({ detail }) => {
  byId('state').dataset.state = detail.state;
  setText('state', STATE_WORDS[detail.state]);
  showSound();
});
sound.addEventListener('click', toggleSound);
full.addEventListener('click', toggleFull);
stage.addEventListener('dblclick', toggleFull);
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.key === 'm') {
    toggleSound();
  } else if (event.key === 'f') {
    toggleFull();
  }
});

if (name) {
  camera.setAttribute('src', name);
  stage.append(camera);
  setInterval(showFigures, 1000);
  setInterval(showCamera, 3000);
} else {
  location.replace('./');
}
