import type { Both } from '../i18n/language.tsx';

export const words = {
  skip: ['跳到內容', 'Skip to content'],
  menu: ['文件目錄', 'Documentation pages'],
  quickStart: ['快速開始', 'Quick start'],
  rest: ['REST API', 'REST API'],
  graphql: ['GraphQL', 'GraphQL'],
  errors: ['錯誤代碼', 'Error codes'],
  limits: ['使用限制', 'Limits'],
  changelog: ['更新紀錄', 'Changelog'],
} satisfies Record<string, Both>;
