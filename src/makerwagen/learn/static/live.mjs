// Shows the picture that the kernel draws, and the newest one whenever it has changed. Makerwagen, Apache-2.0.
export default {
  render({ model, el }) {
    const box = document.createElement("div");
    box.style.cssText = "max-width:38rem;font-family:inherit";
    const picture = document.createElement("div");
    const words = document.createElement("p");
    words.style.cssText = "margin:.2em 0;font-size:1.05em";
    words.setAttribute("aria-live", "off");
    box.append(picture, words);
    el.append(box);
    const show = () => {
      picture.innerHTML = model.get("svg");
      words.textContent = model.get("words");
    };
    model.on("change:svg change:words", show);
    show();
    return () => model.off("change:svg change:words", show);
  },
};
