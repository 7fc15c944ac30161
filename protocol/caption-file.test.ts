import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Cue, MAX_CUES } from './caption.ts';
import { fitText, momentOf, readCaptionFile, vttTime, writeVtt } from './caption-file.ts';
import { plainOf, readText, runsOf } from './cue-text.ts';
import { AppError } from './errors.ts';

const vtt = (...blocks: string[]) => ['WEBVTT', ...blocks].join('\n\n');
const cueOf = (text: string) => readCaptionFile(vtt(`00:01.000 --> 00:02.000\n${text}`)).cues[0];
const whys = (text: string) => readCaptionFile(text).report.problems.map(({ line, why }) => `${line} ${why}`);
const code = (text: string) => {
  try {
    readCaptionFile(text);
    return null;
  } catch (error) {
    return AppError.from(error).code;
  }
};

describe('WebVTT', () => {
  test('is read with names, settings, notes, styles and voices', () => {
    const file = vtt(
      'NOTE made by hand\n00:00.000 --> 99:00.000\nnot a cue',
      'STYLE\n::cue { color: red }',
      'intro\n00:01.000 --> 00:02.500 align:start position:10%\n<v.loud 陈静>同学们好\n今天学<b>乘法</b>',
      '01:00:00.000 --> 01:00:01.000\n&lt;b&gt; &amp; 3 &#60; 5 &amp;lt;',
    );
    expect(readCaptionFile(file)).toEqual({
      cues: [
        { startMs: 1_000, endMs: 2_500, speaker: '陈静', text: '同学们好\n今天学<b>乘法</b>' },
        { startMs: 3_600_000, endMs: 3_601_000, speaker: null, text: '<b> & 3 < 5 &lt;</b>' },
      ],
      report: { count: 0, problems: [] },
    });
  });

  test('with a BOM, with any line ends, with a header of its own, and empty', () => {
    for (const end of ['\n', '\r\n', '\r'])
      expect(
        readCaptionFile(
          ['\ufeffWEBVTT - title', 'Kind: captions', '', '00:01.000 --> 00:02.000', '好', ''].join(end),
        ).cues,
      ).toHaveLength(1);
    expect(readCaptionFile('WEBVTT')).toEqual({ cues: [], report: { count: 0, problems: [] } });
  });

  test('without the blank line between two cues still has two', () => {
    const file = 'WEBVTT\n\n00:01.000 --> 00:02.000\n一\n00:02.000 --> 00:03.000\n二';
    expect(readCaptionFile(file).cues.map(({ text }) => text)).toEqual(['一', '二']);
  });
});

describe('SRT', () => {
  test('is read with numbers, commas, hours and its own markup', () => {
    const file =
      '1\r\n00:00:01,000 --> 00:00:02,500\r\n{\\an8}<font color="red">你好</font>\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n<i>再见</i>\r\n';
    expect(readCaptionFile(file)).toEqual({
      cues: [
        { startMs: 1_000, endMs: 2_500, speaker: null, text: '你好' },
        { startMs: 3_000, endMs: 4_000, speaker: null, text: '<i>再见</i>' },
      ],
      report: { count: 0, problems: [] },
    });
  });

  test('without blank lines keeps its numbers out of the text', () => {
    const file = '1\n00:00:01,000 --> 00:00:02,000\n一\n2\n00:00:02,000 --> 00:00:03,000\n二';
    expect(readCaptionFile(file).cues.map(({ text }) => text)).toEqual(['一', '二']);
  });
});

describe('a hostile or broken file', () => {
  test('that is something else is told so', () => {
    for (const text of [
      '',
      'hello',
      '<html><script>alert(1)</script></html>',
      '#EXTM3U\nfile:///etc/passwd',
      '1\n2\n3',
    ])
      expect([text, code(text)]).toEqual([text, 'CAPTION_UNREADABLE']);
  });

  test('with scripts keeps their letters, and nothing that a page could run', () => {
    expect(cueOf('<script>alert(1)</script>')?.text).toBe('alert(1)');
    expect(cueOf('<img src=x onerror=alert(1)>看<a href="javascript:x">这里</a>')?.text).toBe('看这里');
    expect(cueOf('&lt;script&gt;alert(1)&lt;/script&gt;')?.text).toBe('<script>alert(1)</script>');
    expect(whys(vtt('00:01.000 --> 00:02.000\n<script>x</script>'))).toEqual(['3 markup']);
  });

  test('with letters below one another is made of letters again when it is written', () => {
    const cues = [{ startMs: 0, endMs: 1_000, speaker: 'a>b & <c>', text: '<script> --> & <b>好</b>' }];
    const written = writeVtt(cues);
    expect(written).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<v a&gt;b &amp; &lt;c&gt;>&lt;script&gt; --&gt; &amp; <b>好</b>\n',
    );
    expect(readCaptionFile(written).cues).toEqual(cues);
  });

  test('is taken as far as it makes sense, and told line by line', () => {
    const file = vtt(
      '00:05.000 --> 00:04.000\n倒着',
      '00:05.000 --> 00:05.000\n没有长度',
      '00:99.000 --> 01:00.000\n没有这一秒',
      '99:00:00.000 --> 99:00:01.000\n太晚',
      'x --> y\n不是时间',
      '00:01.000 -->\n没有结尾',
      '00:07.000 --> 00:08.000\n\u200b',
      '00:06.000 --> 00:09.000\n先',
      '00:03.000 --> 00:07.000\n后',
      'nothing',
    );
    const { cues, report } = readCaptionFile(file);
    expect(cues.map(({ startMs, text }) => [startMs, text])).toEqual([
      [3_000, '后'],
      [6_000, '先'],
    ]);
    expect(report.problems.map(({ why }) => why)).toEqual([
      ...[
        'backward',
        'backward',
        'badTime',
        'badTime',
        'badTime',
        'badTime',
        'noText',
        'badTime',
        'unordered',
      ],
    ]);
    expect(report.problems[0]?.line).toBe(3);
  });

  test('with a cue as long as a book keeps its beginning', () => {
    const cue = cueOf('好'.repeat(100_000));
    expect(cue?.text).toHaveLength(500);
    expect(
      cueOf(Array.from({ length: 50 }, (_, n) => `line ${n}`).join('\n'))?.text.split('\n'),
    ).toHaveLength(4);
  });

  test('of ten thousand cues is read, of one more it is not, and both at once', () => {
    const cues = Array.from(
      { length: MAX_CUES },
      (_, n) => `${vttTime(n * 10)} --> ${vttTime(n * 10 + 900)}\n第 ${n} 句`,
    );
    expect(readCaptionFile(vtt(...cues)).cues).toHaveLength(MAX_CUES);
    expect(code(vtt(...cues, '00:01.000 --> 00:02.000\n多'))).toBe('CAPTION_TOO_LARGE');
  });

  test('made to make a reader work for ever is read to its end', () => {
    for (const junk of [
      '<',
      '<b',
      '&',
      '&#',
      '{\\',
      '-->',
      ' ',
      '\n',
      '00:',
      '<v ',
      '\u0301',
      '1\n',
      'a',
      '1',
      '<v a>',
    ])
      try {
        readCaptionFile(vtt(`00:01.000 --> 00:02.000\n${junk.repeat(200_000)}`));
        readText(`<${junk.repeat(200_000)}`);
        readCaptionFile(`1\n00:01.000 --> 00:02.000\n${junk.repeat(200_000)}`);
      } catch (error) {
        expect(AppError.from(error).code).not.toBe('INTERNAL');
      }
  }, 120_000);

  test('of any letters gives cues that are well-formed, or a code', () => {
    const bits = fc.constantFrom(
      'WEBVTT',
      '\n',
      '\n\n',
      '-->',
      '00:01.000 --> 00:02.000',
      '1',
      '<b>',
      '</i>',
      '<v 甲>',
      '&lt;',
      '好',
      '\r',
      '\0',
      'NOTE',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string())), (parts) => {
        const text = parts.join('');
        if (code(text) !== null) return;
        const { cues } = readCaptionFile(text);
        Cue.array().parse(cues);
        expect(readCaptionFile(writeVtt(cues)).cues).toEqual(cues);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what a cue says', () => {
  test('is closed where it was left open', () => {
    expect(fitText('<b>粗<i>斜').text).toBe('<b>粗</b><b><i>斜</i></b>');
    expect(runsOf('</b>一<b>二')).toEqual([
      { text: '一', bold: false, italic: false },
      { text: '二', bold: true, italic: false },
    ]);
    expect(plainOf('<b>3</b> < 5')).toBe('3 < 5');
  });

  test('keeps a sign that is no tag, and a second voice', () => {
    expect(readText('3 < 5 且 7 > 2').runs[0]?.text).toBe('3 < 5 且 7 > 2');
    expect(readText('<v 甲>好</v><v 乙>也好').runs[0]?.text).toBe('好\n乙: 也好');
  });
});

test('times are read as people write them, and written as WebVTT has them', () => {
  expect(
    ['1:02:03.004', '02:03,4', '2:03', '00:60.000', '-1:00', '', '1', '24:00:00.001'].map(momentOf),
  ).toEqual([...[3_723_004, 123_400, 123_000, null, null, null, null, null]]);
  expect(vttTime(3_723_004.4)).toBe('01:02:03.004');
});
