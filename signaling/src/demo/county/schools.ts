/** What kind of school it is: it decides grades, size and who is there. */
export type SchoolSort = 'town' | 'village' | 'nineYear' | 'middle' | 'point';

export interface SchoolPlan {
  name: string;
  sort: SchoolSort;
  /** Classes of one grade. */
  parallel: number;
  /** Pupils of a class, from and to. */
  size: readonly [number, number];
  /** Its teaching points, by name. */
  points: readonly string[];
}

export interface CountyPlan {
  bureau: string;
  /** The first six digits of its schools' codes. */
  code: string;
  schools: readonly SchoolPlan[];
}

export interface WorldPlan {
  city: string;
  counties: readonly CountyPlan[];
  teachers: number;
  pairings: number;
}

const town = (name: string, size: readonly [number, number] = [36, 44]): SchoolPlan => ({
  ...{ name, sort: 'town', parallel: 2, size, points: [] },
});
const village = (name: string, ...points: string[]): SchoolPlan => ({
  ...{ name, sort: 'village', parallel: 1, size: [22, 32], points },
});
const nineYear = (name: string, ...points: string[]): SchoolPlan => ({
  ...{ name, sort: 'nineYear', parallel: 1, size: [24, 34], points },
});
const middle = (name: string): SchoolPlan => ({
  ...{ name, sort: 'middle', parallel: 2, size: [38, 45], points: [] },
});

const PINGXI: CountyPlan = {
  bureau: '平溪县教育局',
  code: '530421',
  schools: [
    town('平溪县实验小学', [38, 45]),
    town('平溪县城关小学'),
    town('平溪县第二小学'),
    village('白沙镇中心小学', '柳树湾教学点', '观音岩教学点'),
    village('龙潭乡中心小学', '老鹰咀教学点'),
    village('双河乡中心小学', '桃花坪教学点'),
    nineYear('青石镇九年一贯制学校'),
    nineYear('马场乡九年一贯制学校'),
    middle('平溪县第一初级中学'),
    middle('平溪县民族中学'),
  ],
};

const LINJIANG: CountyPlan = {
  bureau: '临江区教育局',
  code: '530402',
  schools: [
    town('临江区实验小学', [40, 45]),
    town('临江区滨河小学'),
    town('临江区东风小学'),
    village('沙坝镇中心小学', '渡口教学点'),
    village('黄泥塘小学', '半坡教学点'),
    village('桥头镇中心小学', '大窝子教学点', '红岩教学点'),
    nineYear('新民九年一贯制学校'),
    nineYear('江东九年一贯制学校'),
    middle('临江区第一中学'),
    middle('临江区育才初级中学'),
  ],
};

const NANTANG: CountyPlan = {
  bureau: '南塘县教育局',
  code: '530423',
  schools: [
    town('南塘县第一小学', [38, 45]),
    town('南塘县思源小学'),
    town('南塘县文昌小学'),
    village('石桥镇中心小学', '杉树林教学点'),
    village('云雾乡中心小学', '高寨教学点', '下坝教学点'),
    village('金竹乡中心小学', '竹山教学点'),
    nineYear('大营镇九年一贯制学校'),
    nineYear('清水乡九年一贯制学校'),
    middle('南塘县第一中学'),
    middle('南塘县第三初级中学'),
  ],
};

/** A city of three counties: 30 schools, 12 teaching points, 600 teachers. */
export const WHOLE: WorldPlan = {
  city: '云州市教育局',
  counties: [PINGXI, LINJIANG, NANTANG],
  teachers: 600,
  pairings: 48,
};

/** The same in small, for tests: two schools and a teaching point. */
export const SMALL: WorldPlan = {
  city: '云州市教育局',
  counties: [{ ...PINGXI, schools: [PINGXI.schools[0]!, PINGXI.schools[4]!] }],
  teachers: 40,
  pairings: 3,
};
