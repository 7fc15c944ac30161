import type { ThemeConfig } from 'antd';
import { fontFamily, fontSize, lineHeight, motion, office, radius, touch } from './tokens.ts';

/** antd's theme of the office pages, made from the same tokens as the stylesheets. */
export const antdTheme: ThemeConfig = {
  token: {
    colorPrimary: office.accent,
    colorPrimaryHover: office.accentHover,
    colorLink: office.accentText,
    colorError: office.live,
    colorWarning: office.warn,
    colorSuccess: office.ready,
    colorInfo: office.accent,
    colorErrorBg: office.liveSoft,
    colorErrorBorder: office.live,
    colorWarningBg: office.warnSoft,
    colorWarningBorder: office.warn,
    colorSuccessBg: office.readySoft,
    colorSuccessBorder: office.ready,
    colorText: office.text,
    colorTextSecondary: office.quiet,
    colorTextDescription: office.quiet,
    colorBorder: office.lineStrong,
    colorBorderSecondary: office.line,
    colorBgLayout: office.canvas,
    colorBgContainer: office.surface,
    borderRadius: radius.small,
    borderRadiusLG: radius.large,
    fontFamily,
    fontSize: fontSize[2],
    lineHeight: lineHeight.text,
    controlHeight: touch.desk,
    controlHeightLG: touch.desk,
    controlHeightSM: touch.desk - 8,
    motionDurationFast: `${motion.fast}ms`,
    motionDurationMid: `${motion.normal}ms`,
    motionDurationSlow: `${motion.normal}ms`,
  },
  components: {
    Button: { borderRadiusLG: radius.small, contentFontSizeLG: fontSize[2], primaryShadow: 'none' },
    Table: {
      rowSelectedBg: office.accentSoft,
      rowSelectedHoverBg: office.accentSoft,
      headerBg: office.canvas,
    },
  },
};
