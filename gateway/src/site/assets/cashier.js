// The pages work without this file. With it the clock runs, the log follows and a form cannot be sent twice.
const POLL_MS = 1500

const timer = document.querySelector('[data-remaining]')
if (timer) {
  const end = performance.now() + Number(timer.dataset.remaining)
  const tick = () => {
    const seconds = Math.max(0, Math.floor((end - performance.now()) / 1000))
    const hours = Math.floor(seconds / 3600)
    const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'))
    timer.textContent = (hours > 0 ? [hours, ...parts] : parts).join(':')
  }
  setInterval(tick, 1000)
}

for (const form of document.querySelectorAll('form')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) return event.preventDefault()
    form.dataset.sent = 'yes'
    for (const button of form.querySelectorAll('button')) button.setAttribute('aria-disabled', 'true')
  })
}
// Coming back with the browser's arrow shows the page as it was left: with forms that count as sent.
addEventListener('pageshow', (event) => event.persisted && location.reload())

const chosen = () => document.querySelector('[name=fault]:checked + label')?.textContent
const tellChosen = () => {
  const place = document.querySelector('[data-chosen-fault]')
  if (place && chosen()) place.textContent = chosen()
}
document.addEventListener('change', tellChosen)
tellChosen()

const log = document.querySelector('[data-log]')
if (log) {
  // A form on its way is left to arrive: a reload, once the state has changed, would overtake the way back to the merchant.
  const sending = () => document.querySelector('form[data-sent]') !== null
  const refresh = async () => {
    if (document.hidden || sending()) return
    const response = await fetch(log.dataset.log).catch(() => null)
    if (!response?.ok || sending()) return
    if (response.headers.get('trade-state') !== log.dataset.state) return location.reload()
    const markup = await response.text()
    if (markup !== log.dataset.shown) {
      log.innerHTML = markup
      log.dataset.shown = markup
      tellChosen()
    }
  }
  setInterval(refresh, POLL_MS)
}
