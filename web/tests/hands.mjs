// What a person does on pages by pointer, by touch or by keyboard alone: every action counts.
import assert from 'node:assert/strict';

/** So many presses of Tab, and nobody goes on looking. */
const STOPS = 100;

/**
 * Somebody's hands. A press, a field that is filled or chosen and a link that is followed from elsewhere are
 * one action each; to look, to scroll and to move the focus are none.
 */
export class Hands {
  #way;
  #done;

  constructor(page, way, done = []) {
    this.page = page;
    this.#way = { pointer, touch, keyboard }[way];
    this.#done = done;
  }

  /** Presses a link or a button. */
  press(target) {
    return this.#act('press', target);
  }

  /** Fills a field. */
  write(target, text) {
    return this.#act('write', target, text);
  }

  /** Chooses one of several radio buttons. */
  choose(target) {
    return this.#act('choose', target);
  }

  /** Follows a link of a mail, which opens in a page of its own; the hands there go on counting. */
  async follow(address, page) {
    this.#done.push(`follow ${address}`);
    await page.goto(address);
    const way = Object.entries({ pointer, touch, keyboard }).find(([, each]) => each === this.#way)[0];
    return new Hands(page, way, this.#done);
  }

  /** Fails if there were more actions than that. */
  needed(most, told) {
    told.diagnostic(`${this.#done.length} actions of at most ${most}`);
    assert.ok(this.#done.length <= most, `${this.#done.length} actions:\n${this.#done.join('\n')}`);
  }

  async #act(what, target, text) {
    this.#done.push(`${what} ${target}${text === undefined ? '' : `: ${text}`}`);
    await this.#way[what](target, text);
  }
}

const pointer = {
  press: (target) => target.click(),
  async write(target, text) {
    await target.click();
    await target.fill(text);
  },
  // A radio button may be hidden below its picture, which is its label.
  choose: (target) => target.locator('xpath=ancestor::label').click(),
};

const touch = {
  press: (target) => target.tap(),
  async write(target, text) {
    await target.tap();
    await target.fill(text);
  },
  choose: (target) => target.locator('xpath=ancestor::label').tap(),
};

const keyboard = {
  async press(target) {
    await reach(target);
    await target.page().keyboard.press('Enter');
  },
  async write(target, text) {
    await reach(target);
    await target.page().keyboard.press('ControlOrMeta+a');
    await target.page().keyboard.insertText(text);
  },
  async choose(target) {
    const hasFocus = (it) => it === document.activeElement;
    await reach(target, (it) => document.activeElement.type === 'radio' && document.activeElement.name === it.name);
    for (let tries = 0; !(await target.evaluate(hasFocus)); tries += 1) {
      assert.ok(tries < STOPS, `the arrow keys do not lead to ${target}`);
      await target.page().keyboard.press('ArrowRight');
    }
    await target.page().keyboard.press('Space');
  },
};

/** Goes to a thing with the Tab key, as soon as it is there and can be operated; it has to show that. */
async function reach(target, isThere = (it) => it === document.activeElement) {
  await target.waitFor();
  await (await target.elementHandle()).waitForElementState('enabled');
  for (let stops = 0; !(await target.evaluate(isThere)); stops += 1) {
    assert.ok(stops < STOPS, `Tab does not lead to ${target}`);
    await target.page().keyboard.press('Tab');
  }
  assert.ok(
    await target.page().evaluate(() => document.activeElement.matches(':focus-visible')),
    `${target} is marked`,
  );
}
