import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataBlock, escapeText, h } from './element.ts';

/** What a browser would make of escaped text again. */
function unescaped(text: string): string {
  const names: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return text.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => names[name]!);
}

/** XML knows three control characters. */
function speakable(letter: string): string {
  const code = letter.codePointAt(0)!;
  const isControl = (code < 32 && ![9, 10, 13].includes(code)) || (code >= 127 && code < 160);
  return isControl || code === 0xfffe || code === 0xffff ? '\ufffd' : letter;
}

describe('elements', () => {
  it('a text is shown as it is, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const escaped = escapeText(text);
        expect(escaped).not.toMatch(/[<>"']/);
        expect(unescaped(escaped)).toBe(Array.from(text, speakable).join(''));
      }),
    );
  });

  it('neither a child nor an attribute can become markup', () => {
    const { markup } = h('p', { title: '"><script>alert(1)</script>' }, '<img src=x onerror=alert(1)>');
    expect(markup).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">&lt;img src=x onerror=alert(1)&gt;</p>',
    );
  });

  it('a control character that XML cannot hold is replaced', () => {
    expect(escapeText('a\u0000b\u001bc\ud800d')).toBe('a\ufffdb\ufffdc\ufffdd');
  });

  it('a data block is not ended by what it holds, and reads back the same', () => {
    const value = { name: '</script><script>alert(1)</script><!--' };
    const { markup } = dataBlock('data', JSON.stringify(value));
    expect(markup.match(/<\/script/g)).toHaveLength(1);
    const json = markup.slice(markup.indexOf('>') + 1, markup.lastIndexOf('</script'));
    expect(JSON.parse(json)).toEqual(value);
  });
});
