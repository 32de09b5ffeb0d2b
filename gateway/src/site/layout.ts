import { html, type Markup } from './html.ts'
import type { Language, Text } from './text.ts'

export type Page = { text: Text; language: Language; host: string; title: string; body: Markup }

const flask = html`<svg class="flask" viewBox="0 0 24 24" aria-hidden="true"><path d="M14 2v6a2 2 0 0 0 .245.96l5.51 10.08A2 2 0 0 1 18 22H6a2 2 0 0 1-1.755-2.96l5.51-10.08A2 2 0 0 0 10 8V2M6.453 15h11.094M8.5 2h7"/></svg>`

/** The frame of every page: a stripe of warning, a neutral look and the gateway's own host name. */
export function layout({ text, language, host, title, body }: Page): string {
  const other: Language = language === 'zh' ? 'en' : 'zh'
  return html`<!doctype html>
<html lang="${text.htmlLang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · ${host}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/cashier.css">
<script src="/assets/cashier.js" defer></script>
</head>
<body>
<a class="skip" href="#main">${text.skip}</a>
<div class="stripe" aria-hidden="true"></div>
<header class="top"><div class="frame">
<p class="brand">${flask}<span>${text.title}</span></p>
<p class="badge">${text.badge}</p>
<nav class="links"><span class="host">${host}</span><a href="/sandbox/transfers?lang=${language}">${text.transfersLink}</a>
<a href="?lang=${other}" lang="${other}" data-testid="switch-language">${text.otherLanguage}</a></nav>
</div></header>
${body}
<footer class="frame phone-only"><a href="/sandbox/transfers?lang=${language}">${text.transfersLink}</a></footer>
</body>
</html>`.text
}

/** A page that says one thing. */
export function messagePage(page: Omit<Page, 'title' | 'body'>, message: { title: string; hint: string }): string {
  const body = html`<main id="main" class="frame single"><section class="card message" data-testid="message">
<h1>${message.title}</h1><p>${message.hint}</p></section></main>`
  return layout({ ...page, title: message.title, body })
}
