// Runs before the first paint: puts the remembered theme and language on the document. Keys as in src/lib/theme.ts and src/lib/locale.ts.
(function () {
  var root = document.documentElement
  var theme = null
  var locale = null
  try {
    theme = localStorage.getItem('miaodan.theme')
    locale = localStorage.getItem('miaodan.locale')
  } catch (error) { /* Storage may be switched off; the system's choice serves. */ }
  var dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.classList.add(dark ? 'dark' : 'light')
  root.lang = locale || (/^zh\b/i.test(navigator.language) ? 'zh-CN' : 'en')
  document.querySelector('meta[name="theme-color"]').content = dark ? '#18181b' : '#ffffff'
})()
