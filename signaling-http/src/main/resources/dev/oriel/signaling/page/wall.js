// The wall: a tile for each camera that the server knows, kept up to date.

import { STATE_WORDS, codecWord } from './oriel-camera.js';

const POLL_MILLIS = 3_000;

const wall = document.getElementById('wall');
const welcome = document.getElementById('welcome');
const notice = document.getElementById('notice');
const summary = document.getElementById('summary');
const tiles = new Map();

function element(name, className, text = '') {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function setText(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

function makeTile(name) {
  const item = document.createElement('li');
  const link = element('a', 'tile');
  link.href = `watch.html?name=${encodeURIComponent(name)}`;
  const camera = document.createElement('oriel-camera');
  camera.setAttribute('src', name);
  const caption = element('div', 'caption');
  const state = element('span', 'state', STATE_WORDS.idle);
  state.setAttribute('role', 'status');
  state.dataset.state = 'idle';
  const tracks = element('span', 'tracks');
  caption.append(element('h2', '', name), state, tracks);
  link.append(camera, caption);
  item.append(link);
  camera.addEventListener('oriel-state', ({ detail }) => {
    state.dataset.state = detail.state;
    setText(state, STATE_WORDS[detail.state]);
  });
  return { item, camera, tracks };
}

function show({ ready, cameras }) {
  const names = new Set(cameras.map(({ name }) => name));
  tiles.forEach((tile, name) => {
    if (!names.has(name)) {
      tile.item.remove();
      tiles.delete(name);
    }
  });
  cameras.forEach((camera, index) => {
    const tile = tiles.get(camera.name) ?? makeTile(camera.name);
    tiles.set(camera.name, tile);
    if (wall.children[index] !== tile.item) {
      wall.insertBefore(tile.item, wall.children[index] ?? null);
    }
    tile.camera.hint = camera.whyNoPicture;
    setText(tile.tracks, camera.tracks.map(({ codec }) => codecWord(codec)).join(' · '));
  });
  welcome.hidden = cameras.length > 0 || !ready;
  setText(summary, cameras.length === 0 ? '' : cameras.length === 1 ? '1 camera' : `${cameras.length} cameras`);
  tell(ready ? '' : 'The part of the server that runs cameras is not there at the moment.');
}

function tell(sentence) {
  setText(notice, sentence);
  notice.hidden = sentence === '';
}

async function poll() {
  if (!document.hidden) {
    try {
      const response = await fetch('api/oriel/cameras', { signal: AbortSignal.timeout(8_000) });
      if (!response.ok) {
        throw new Error(String(response.status));
      }
      show(await response.json());
    } catch {
      tell('The server does not answer.');
    }
  }
  setTimeout(poll, POLL_MILLIS);
}

poll();
