import type { Both } from '../i18n/language.tsx';

export const words = {
  skip: ['跳到內容', 'Skip to content'],
  menu: ['文件目錄', 'Documentation pages'],
  docs: ['文件', 'Docs'],
  portal: ['回到找幫手', 'Back to the jobs'],
  quickStart: ['快速開始', 'Quick start'],
  rest: ['REST API', 'REST API'],
  graphql: ['GraphQL', 'GraphQL'],
  errors: ['錯誤代碼', 'Error codes'],
  limits: ['使用限制', 'Limits'],
  changelog: ['更新紀錄', 'Changelog'],
  onPage: ['本頁內容', 'On this page'],
  linkTo: ['連結到', 'Link to'],
  sampleLanguage: ['程式語言', 'Programming language'],
  answer: ['回應', 'Response'],
} satisfies Record<string, Both>;
