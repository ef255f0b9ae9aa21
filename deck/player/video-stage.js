"use strict";

/**
 * Shows reveals as video clips, one on top of the other.
 *
 * A clip is shown by a `<video>` that was made ready before: at the clip's start, to play it, or at its end, to show
 * what it leaves behind. It comes to the front only when its frame is decoded and handed to the screen, and what was
 * in front stays until then, so there is never anything else to see. While one clip is looked at, those that the next
 * key may ask for are made ready behind it.
 *
 * Reveals are counted through the whole deck, from 0. A later request overtakes an earlier one.
 */
class VideoStage {
  /** How far before a clip's end a moment surely lies within its last frame, in seconds. */
  static #LAST_FRAME = 0.001;

  /** How long a clip stays below the one that came in front of it, in milliseconds. */
  static #SHINES_THROUGH = 250;

  #element;
  #sources;
  #posters;
  #appeared;
  #urls = [];
  #clips = new Map();
  #front = null;
  #height = 0;
  #index = 0;
  #at = "end";
  #turn = 0;
  #seen = false;
  #playing = false;

  /**
   * @param {HTMLElement} element where to show
   * @param {(HTMLScriptElement | null)[]} sources each reveal's clip: MP4 in base64; null for what others show
   * @param {(string | undefined)[]} posters each reveal's end as a picture, where the browser cannot decode the clip
   * @param {() => void} appeared called when what was asked for has come to the front
   */
  constructor(element, sources, posters, appeared) {
    this.#element = element;
    this.#sources = sources;
    this.#posters = posters;
    this.#appeared = appeared;
  }

  /** `{playing, progress}`; progress runs from 0 to 1, where 1 is the end of the reveal asked for, in sight. */
  get state() {
    return { playing: this.#playing, progress: this.#progress() };
  }

  /** Whether a reveal is playing or held, with its end still to come. */
  get unfinished() {
    return this.#playing || this.#at === "start";
  }

  /** Show a reveal's end; resolve when it can be seen. */
  async show(index) {
    this.#playing = false;
    await this.#bringEnd(index);
  }

  /** Play a reveal from its start. */
  async play(index) {
    this.#playing = true;
    const clip = await this.#bring(index, "start");
    if (!clip) return;
    this.#seen = true;
    if (this.#playing) await this.#run(clip);
  }

  /** Hold what plays, or let it go on. */
  toggle() {
    if (!this.unfinished) return;
    this.#playing = !this.#playing;
    if (!this.#seen) return;
    if (this.#playing) this.#run(this.#front);
    else this.#front.video.pause();
  }

  /** Play nothing more; what is in front stays. */
  leave() {
    this.#turn += 1;
    this.#playing = false;
    this.#front?.video.pause();
  }

  /** Make ready what may be asked for next to a reveal that others show; nothing of ours is in front any more. */
  prepareNextTo(index) {
    this.#turn += 1;
    this.#index = index;
    this.#at = "end";
    this.#seen = false;
    const before = this.#front;
    this.#front = null;
    if (before && this.#clips.get(before.key) !== before) this.#drop(before);
    this.#prepareNeighbours();
  }

  #progress() {
    if (this.#at === "end" && this.#seen) return 1;
    // The end of a clip that is in front may still be on its way.
    if (!this.#seen && !(this.#at === "end" && this.#front?.index === this.#index)) return 0;
    const { currentTime, duration } = this.#front.video;
    return currentTime / duration || 0;
  }

  async #bringEnd(index) {
    const clip = await this.#bring(index, "end");
    if (!clip) return false;
    const turn = this.#turn;
    await painted();
    if (turn !== this.#turn) return false;
    this.#seen = true;
    return true;
  }

  async #bring(index, at) {
    const turn = ++this.#turn;
    this.#index = index;
    this.#at = at;
    this.#seen = false;
    const clip = this.#prepare(index, at);
    await clip.ready;
    if (turn !== this.#turn) return null;
    this.#raise(clip);
    this.#appeared();
    this.#prepareNeighbours();
    return clip;
  }

  #raise(clip) {
    const before = this.#front;
    if (clip.at === "start") this.#clips.delete(clip.key);
    if (before === clip) return;
    this.#front = clip;
    // A video that lay hidden may come up empty for one frame of the display: what was seen before shows through.
    clip.video.style.zIndex = ++this.#height;
    before?.video.pause();
    if (before && this.#clips.get(before.key) !== before) this.#drop(before);
  }

  async #run(clip) {
    clip.video.onended = () => this.#ended(clip);
    try {
      await clip.video.play();
    } catch (error) {
      // An abort means that something else is wanted now; anything else that the browser cannot play the clip.
      if (error.name !== "AbortError" && this.#front === clip && this.#seen) await this.show(this.#index);
    }
  }

  async #ended(clip) {
    if (this.#front !== clip || !this.#seen) return;
    // A browser in a hurry may have left out the last frame of what it played.
    if (await this.#bringEnd(this.#index)) this.#playing = false;
  }

  async #prepareNeighbours() {
    const turn = this.#turn;
    const index = this.#index;
    const wanted = [[index, "end"], [index + 1, "start"], [index - 1, "end"], [index + 1, "end"]];
    const keys = new Set(wanted.map(([i, at]) => VideoStage.#key(i, at)));
    for (const [key, clip] of this.#clips) {
      if (!keys.has(key) && clip !== this.#front) this.#drop(clip);
    }
    // To reach a clip's end all of it is decoded, which would make another one stutter while it plays.
    for (const [i, at] of this.#at === "start" ? wanted.slice(0, 2) : wanted) {
      if (turn !== this.#turn) return;
      if (this.#sources[i]) await this.#prepare(i, at).ready;
    }
  }

  #prepare(index, at) {
    const key = VideoStage.#key(index, at);
    if (!this.#clips.has(key)) this.#clips.set(key, this.#load(index, at, key));
    return this.#clips.get(key);
  }

  #load(index, at, key) {
    const video = document.createElement("video");
    Object.assign(video, { muted: true, playsInline: true, preload: "auto", disablePictureInPicture: true });
    if (at === "end" && this.#posters[index]) video.poster = this.#posters[index];
    const clip = { index, at, key, video, ready: VideoStage.#madeReady(video, at) };
    video.src = this.#url(index);
    this.#element.append(video);
    return clip;
  }

  #drop(clip) {
    if (this.#clips.get(clip.key) === clip) this.#clips.delete(clip.key);
    setTimeout(() => {
      clip.video.remove();
      clip.video.removeAttribute("src");
      clip.video.load();
    }, VideoStage.#SHINES_THROUGH);
  }

  #url(index) {
    if (!this.#urls[index]) {
      const clip = new Blob([decodeBase64(this.#sources[index].text)], { type: "video/mp4" });
      this.#urls[index] = URL.createObjectURL(clip);
      this.#sources[index].remove();
    }
    return this.#urls[index];
  }

  static #key(index, at) {
    return `${index} ${at}`;
  }

  static #madeReady(video, at) {
    const toEnd = () => (video.currentTime = Math.max(0, video.duration - VideoStage.#LAST_FRAME));
    if (at === "end") video.addEventListener("loadedmetadata", toEnd, { once: true });
    const decoded = happened(video, at === "end" ? "seeked" : "loadeddata");
    // A hidden page presents no frames, so decoded must do after a while.
    return Promise.race([presented(video, at), decoded.then(() => new Promise((resolve) => setTimeout(resolve, 100)))]);
  }
}

/** Resolve when the video's first frame, or one after it for `"end"`, is on its way to the screen. */
function presented(video, at) {
  return new Promise((resolve) => {
    const look = (_, { mediaTime }) => {
      if (at === "start" || mediaTime > 0) resolve();
      else video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback?.(look);
  });
}

/** Resolve when what was done can be seen; soon in any case, as a hidden page paints nothing. */
function painted() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
    setTimeout(resolve, 100);
  });
}

/** Resolve at the event, or when the video fails or is dropped, so that nothing waits for what cannot come. */
function happened(video, event) {
  return new Promise((resolve) => {
    for (const name of [event, "error", "emptied"]) video.addEventListener(name, resolve, { once: true });
  });
}
