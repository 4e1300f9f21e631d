// Keys go to the desk from its first picture on, without a click. Not earlier: a desk that is still starting would
// miss that it has the focus, and take keys for nobody's.
new MutationObserver((changes, observer) => {
  if (!document.body.classList.contains("-first-byte")) return;
  observer.disconnect();
  document.querySelector(".xterm-helper-textarea").focus();
}).observe(document.documentElement, { attributes: true, subtree: true, attributeFilter: ["class"] });
