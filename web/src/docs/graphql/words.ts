import type { Both } from '../../i18n/language.tsx';
import type { Kind } from './schema.ts';

export const words = {
  lead: [
    '所有查詢、變更、訂閱與型別，直接取自本服務的 schema（說明為英文）。想邊看邊試，請開啟 [GraphiQL](/graphql)。',
    'All queries, mutations, subscriptions and types of this gateway’s schema. To try them out, open [GraphiQL](/graphql).',
  ],
  search: ['搜尋型別與欄位', 'Search types and fields'],
  found: [(count: string) => `找到 ${count} 個`, (count: string) => `${count} found`],
  none: ['沒有符合的型別或欄位', 'No type or field matches'],
  roots: [
    { Query: '查詢', Mutation: '變更', Subscription: '訂閱' },
    { Query: 'Queries', Mutation: 'Mutations', Subscription: 'Subscriptions' },
  ],
  kinds: [
    { object: '物件', input: '輸入', enum: '列舉', interface: '介面', scalar: '純量' },
    { object: 'Objects', input: 'Inputs', enum: 'Enums', interface: 'Interfaces', scalar: 'Scalars' },
  ],
  kind: [
    { object: '物件型別', input: '輸入型別', enum: '列舉型別', interface: '介面', scalar: '純量型別' },
    { object: 'Object', input: 'Input', enum: 'Enum', interface: 'Interface', scalar: 'Scalar' },
  ],
  directives: ['指令', 'Directives'],
  on: ['可用於', 'On'],
  fields: ['欄位', 'Fields'],
  values: ['值', 'Values'],
  arguments: ['引數', 'Arguments'],
  possible: ['實作此介面的型別', 'Types that implement it'],
  interfaces: ['實作', 'Implements'],
  uses: ['使用於', 'Used by'],
  deprecated: ['已棄用', 'Deprecated'],
  oneOf: ['必須且只能填寫其中一個欄位。', 'Exactly one of the fields must be given.'],
  required: ['必填', 'required'],
  byDefault: ['預設', 'default'],
  length: ['長度', 'length'],
  specified: ['規格', 'Specification'],
  all: ['所有型別', 'All types'],
} satisfies Record<string, Both<unknown>> & { kinds: Both<Record<Kind, string>> };
