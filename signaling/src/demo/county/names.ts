import type { Chance } from './chance.ts';

/* Surnames about as common as they are, given names as their generations were given. */
const SURNAMES = [
  ...'王王王王李李李李张张张张刘刘刘陈陈陈杨杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕',
  ...'苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
  '欧阳',
  '上官',
  '司马',
];
const GROWN = [
  ...[
    '建国',
    '秀英',
    '桂兰',
    '建军',
    '丽华',
    '志强',
    '玉梅',
    '海燕',
    '晓东',
    '春梅',
    '国庆',
    '红霞',
    '永刚',
    '淑芬',
  ],
  ...[
    '伟',
    '芳',
    '敏',
    '静',
    '丽',
    '强',
    '磊',
    '洋',
    '艳',
    '勇',
    '杰',
    '娟',
    '涛',
    '超',
    '霞',
    '平',
    '刚',
    '玲',
    '燕',
    '辉',
  ],
  ...[
    '文静',
    '雪梅',
    '志明',
    '晓燕',
    '俊峰',
    '丹丹',
    '婷婷',
    '海波',
    '小军',
    '慧敏',
    '国栋',
    '立新',
    '玉兰',
    '爱华',
  ],
  ...[
    '雅琴',
    '思源',
    '振华',
    '月娥',
    '新宇',
    '倩',
    '旭',
    '鹏飞',
    '莉莉',
    '明辉',
    '春燕',
    '卫东',
    '凤英',
    '继红',
  ],
];
const YOUNG = [
  ...[
    '子轩',
    '梓涵',
    '浩宇',
    '欣怡',
    '一诺',
    '雨桐',
    '宇航',
    '诗涵',
    '子墨',
    '可馨',
    '俊杰',
    '思琪',
    '博文',
    '佳怡',
  ],
  ...[
    '梓豪',
    '雨欣',
    '天佑',
    '若曦',
    '明轩',
    '语嫣',
    '嘉豪',
    '紫萱',
    '宇轩',
    '梦瑶',
    '皓轩',
    '雅涵',
    '泽宇',
    '依诺',
  ],
  ...[
    '铭轩',
    '静怡',
    '睿',
    '悦',
    '晨曦',
    '欣妍',
    '子涵',
    '奕辰',
    '沐阳',
    '佳琪',
    '志远',
    '思远',
    '晓萌',
    '家宝',
    '文轩',
  ],
  ...[
    '春花',
    '小梅',
    '大山',
    '石头',
    '阿秀',
    '满仓',
    '玉珍',
    '小虎',
    '冬梅',
    '水生',
    '秋菊',
    '长生',
    '小龙',
    '红梅',
  ],
];

/** Names of people, none of whom is called as somebody in `taken`. */
export class Names {
  readonly #chance: Chance;
  readonly #taken: ReadonlySet<string>;

  constructor(chance: Chance, taken: Iterable<string> = []) {
    this.#chance = chance;
    this.#taken = new Set(taken);
  }

  grown(): string {
    return this.#named(GROWN);
  }

  child(): string {
    return this.#named(YOUNG);
  }

  #named(given: readonly string[]): string {
    for (;;) {
      const name = this.#chance.of(SURNAMES) + this.#chance.of(given);
      if (!this.#taken.has(name)) return name;
    }
  }
}
