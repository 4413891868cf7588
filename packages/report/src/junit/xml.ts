// The little of XML that a report needs.

/**
 * Characters that XML 1.0 does not allow in any form, not even as a reference (W3C "Extensible Markup Language (XML) 1.0",
 * production 2, Char). A test runner that meets one gives up on the whole file.
 */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

export function xmlText(text: string): string {
  return clean(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** With line ends as references: as they are, a parser would make blanks of them. */
export function xmlAttribute(text: string): string {
  return xmlText(text)
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#9;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;');
}

function clean(text: string): string {
  return text.toWellFormed().replace(forbidden, '\ufffd');
}
