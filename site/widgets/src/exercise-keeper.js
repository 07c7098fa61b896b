// Keeps the child's program of an exercise in this browser, and nowhere else; goes on without where that is not allowed.
const NAME = "makerwagen-exercise-";

export class Keeper {
  constructor(slug) {
    this.name = NAME + slug;
    this.works = this.#try(() => {
      localStorage.setItem(`${NAME}?`, "1");
      localStorage.removeItem(`${NAME}?`);
      return true;
    }) === true;
  }

  read() {
    return this.#try(() => localStorage.getItem(this.name)) ?? null;
  }

  keep(text) {
    this.#try(() => localStorage.setItem(this.name, text));
  }

  forget() {
    this.#try(() => localStorage.removeItem(this.name));
  }

  #try(what) {
    try {
      return what();
    } catch {
      return undefined;
    }
  }
}
