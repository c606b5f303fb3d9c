// Small comforts; everything works without this file.
'use strict';
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
for (const button of document.querySelectorAll('[data-copy]')) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const done = document.getElementById('copy-done');
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    done.textContent = done.dataset.done;
  });
}
// "/" goes to the search, as on many reference pages; not while someone is typing.
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
  event.preventDefault();
  const box = document.getElementById('q');
  if (box) box.focus(); else document.getElementById('search-link').click();
});
// Ctrl+Enter checks the list from inside the box.
const list = document.getElementById('list');
if (list) {
  list.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) list.form.requestSubmit();
  });
}
// Writing another name chooses "something else".
for (const box of document.querySelectorAll('input[name^="other-"]')) {
  box.addEventListener('input', () => {
    document.getElementById(box.id.replace('o', 'c') + '-other').checked = true;
  });
}
const error = document.getElementById('error');
if (error) error.focus();
