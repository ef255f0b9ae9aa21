"use strict";

{
  const shell = new Shell();
  const input = new Input(shell);

  /** For scripts: where we are, and when the first pause can be seen. */
  window.deck = {
    state: () => shell.state(),
    ready: shell.start(unpack("style"), input.press),
  };
}
