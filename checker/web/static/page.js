// Small comforts. Everything works without this file.
'use strict';
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const done = document.getElementById('copy-done');
    const text = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(text.textContent);
      done.textContent = done.dataset.done;
    } catch {
      getSelection().selectAllChildren(text);
      done.textContent = done.dataset.failed;
    }
  });
}
// "/" goes to the search; not while someone is typing.
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
  event.preventDefault();
  (document.getElementById('q') || document.getElementById('find')).focus();
});
const box = document.querySelector('textarea#list');
if (box) {
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) box.form.requestSubmit();
  });
  const count = document.querySelector('[data-count]');
  const tell = () => {
    const lines = box.value.split('\n').filter((line) => line.trim()).length;
    count.textContent = count.dataset.count.replace('%(count)s', lines);
  };
  count.hidden = false;
  box.addEventListener('input', tell);
  tell();
}
// Writing another name chooses "something else".
for (const input of document.querySelectorAll('[data-chooses]')) {
  input.addEventListener('input', () => { document.getElementById(input.dataset.chooses).checked = true; });
}
const error = document.getElementById('error');
if (error) error.focus();
