"use strict";

/** @typedef {"start" | "end"} ClipMoment where a clip is made ready */

/**
 * @typedef {object} VideoClip
 * @property {number} index its reveal's
 * @property {ClipMoment} at
 * @property {string} key
 * @property {HTMLVideoElement} video
 * @property {Promise<unknown>} ready
 */

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

  /** How long a clip stays behind the one that came in front of it, in milliseconds. */
  static #SHINES_THROUGH = 250;

  /** Whether a reveal is on its way back, which clips never are. */
  rewinding = false;

  #element;
  #steps;
  #appeared;
  /** @type {string[]} */
  #urls = [];
  /** @type {Map<string, VideoClip>} */
  #clips = new Map();
  /** @type {VideoClip | null} */
  #front = null;
  #height = 0;
  #index = 0;
  /** @type {ClipMoment} */
  #at = "end";
  #turn = 0;
  #seen = false;
  #playing = false;

  /**
   * @param {HTMLElement} element where to show
   * @param {Step[]} steps all reveals of the deck; the canvas shows those that have no clip
   * @param {() => void} appeared called when what was asked for has come to the front
   */
  constructor(element, steps, appeared) {
    this.#element = element;
    this.#steps = steps;
    this.#appeared = appeared;
  }

  /**
   * Progress runs from 0 to 1; it is 1 once the end of the reveal asked for can be seen.
   *
   * @returns {StageState}
   */
  get state() {
    return { playing: this.#playing, progress: this.#progress() };
  }

  /** Whether a reveal is playing or held, with its end still to come. */
  get unfinished() {
    return this.#playing || this.#at === "start";
  }

  /**
   * Show a reveal's end; resolve when it can be seen.
   *
   * @param {number} index
   */
  async show(index) {
    this.#playing = false;
    await this.#bringEnd(index);
  }

  /**
   * Play a reveal from its start.
   *
   * @param {number} index
   */
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
    if (!this.#seen || !this.#front) return;
    if (this.#playing) this.#run(this.#front);
    else this.#front.video.pause();
  }

  /** Play nothing more; what is in front stays. */
  leave() {
    this.#turn += 1;
    this.#playing = false;
    this.#front?.video.pause();
  }

  /**
   * Make ready the clips next to a reveal that the canvas shows; no clip is in front any more.
   *
   * @param {number} index
   */
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
    if (!this.#front) return 0;
    if (!this.#seen && !(this.#at === "end" && this.#front.index === this.#index)) return 0;
    const { currentTime, duration } = this.#front.video;
    return currentTime / duration || 0;
  }

  /** @param {number} index */
  async #bringEnd(index) {
    const clip = await this.#bring(index, "end");
    if (!clip) return false;
    const turn = this.#turn;
    await painted();
    if (turn !== this.#turn) return false;
    this.#seen = true;
    return true;
  }

  /**
   * @param {number} index
   * @param {ClipMoment} at
   */
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

  /** @param {VideoClip} clip */
  #raise(clip) {
    const before = this.#front;
    if (clip.at === "start") this.#clips.delete(clip.key);
    if (before === clip) return;
    this.#front = clip;
    // A video that lay hidden may come up empty for one frame of the display: what was seen before shows through.
    this.#height += 1;
    clip.video.style.zIndex = String(this.#height);
    before?.video.pause();
    if (before && this.#clips.get(before.key) !== before) this.#drop(before);
  }

  /** @param {VideoClip} clip */
  async #run(clip) {
    clip.video.onended = () => this.#ended(clip);
    try {
      await clip.video.play();
    } catch (error) {
      // An abort means that something else is wanted now; any other error, that the browser cannot play the clip.
      const aborted = error instanceof DOMException && error.name === "AbortError";
      if (!aborted && this.#front === clip && this.#seen) await this.show(this.#index);
    }
  }

  /** @param {VideoClip} clip */
  async #ended(clip) {
    if (this.#front !== clip || !this.#seen) return;
    // A browser in a hurry may have left out the last frame of what it played.
    if (await this.#bringEnd(this.#index)) this.#playing = false;
  }

  async #prepareNeighbours() {
    const turn = this.#turn;
    const index = this.#index;
    /** @type {{i: number, at: ClipMoment}[]} */
    const wanted = [
      { i: index, at: "end" },
      { i: index + 1, at: "start" },
      { i: index - 1, at: "end" },
      { i: index + 1, at: "end" },
    ];
    const keys = new Set(wanted.map(({ i, at }) => VideoStage.#key(i, at)));
    for (const [key, clip] of this.#clips) {
      if (!keys.has(key) && clip !== this.#front) this.#drop(clip);
    }
    // To reach a clip's end all of it is decoded, which would make another one stutter while it plays.
    for (const { i, at } of this.#at === "start" ? wanted.slice(0, 2) : wanted) {
      if (turn !== this.#turn) return;
      if (this.#steps[i]?.clip) await this.#prepare(i, at).ready;
    }
  }

  /**
   * @param {number} index
   * @param {ClipMoment} at
   */
  #prepare(index, at) {
    const key = VideoStage.#key(index, at);
    const clip = this.#clips.get(key) ?? this.#load(index, at, key);
    this.#clips.set(key, clip);
    return clip;
  }

  /**
   * @param {number} index
   * @param {ClipMoment} at
   * @param {string} key
   * @returns {VideoClip}
   */
  #load(index, at, key) {
    const video = document.createElement("video");
    Object.assign(video, { muted: true, playsInline: true, preload: "auto", disablePictureInPicture: true });
    // The poster is seen if the browser cannot decode the clip.
    const { poster } = this.#steps[index];
    if (at === "end" && poster) video.poster = poster;
    const clip = { index, at, key, video, ready: VideoStage.#madeReady(video, at) };
    video.src = this.#url(index);
    this.#element.append(video);
    return clip;
  }

  /** @param {VideoClip} clip */
  #drop(clip) {
    if (this.#clips.get(clip.key) === clip) this.#clips.delete(clip.key);
    setTimeout(() => {
      clip.video.remove();
      clip.video.removeAttribute("src");
      clip.video.load();
    }, VideoStage.#SHINES_THROUGH);
  }

  /** @param {number} index */
  #url(index) {
    if (!this.#urls[index]) {
      const source = required(this.#steps[index].clip, "clip");
      const clip = new Blob([decodeBase64(source.text)], { type: "video/mp4" });
      this.#urls[index] = URL.createObjectURL(clip);
      source.remove();
    }
    return this.#urls[index];
  }

  /**
   * @param {number} index
   * @param {ClipMoment} at
   */
  static #key(index, at) {
    return `${index} ${at}`;
  }

  /**
   * @param {HTMLVideoElement} video
   * @param {ClipMoment} at
   */
  static #madeReady(video, at) {
    const toEnd = () => {
      video.currentTime = Math.max(0, video.duration - VideoStage.#LAST_FRAME);
    };
    if (at === "end") video.addEventListener("loadedmetadata", toEnd, { once: true });
    const decoded = happened(video, at === "end" ? "seeked" : "loadeddata");
    // A hidden page presents no frames, so decoded must do after a while.
    return Promise.race([presented(video, at), decoded.then(() => new Promise((resolve) => setTimeout(resolve, 100)))]);
  }
}

/**
 * Resolve when the video's first frame, or one after it for `"end"`, is on its way to the screen.
 *
 * @param {HTMLVideoElement} video
 * @param {ClipMoment} at
 * @returns {Promise<void>}
 */
function presented(video, at) {
  return new Promise((resolve) => {
    /** @type {VideoFrameRequestCallback} */
    const look = (_, { mediaTime }) => {
      if (at === "start" || mediaTime > 0) resolve();
      else video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback?.(look);
  });
}

/**
 * Resolve when what was done can be seen; soon in any case, as a hidden page paints nothing.
 *
 * @returns {Promise<unknown>}
 */
function painted() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
    setTimeout(resolve, 100);
  });
}

/**
 * Resolve at the event, or when the video fails or is dropped, so that nothing waits for what cannot come.
 *
 * @param {HTMLVideoElement} video
 * @param {"seeked" | "loadeddata"} event
 * @returns {Promise<unknown>}
 */
function happened(video, event) {
  return new Promise((resolve) => {
    for (const name of [event, "error", "emptied"]) video.addEventListener(name, resolve, { once: true });
  });
}
