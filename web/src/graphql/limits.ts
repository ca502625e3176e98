// Written by `npm run codegen`; do not edit.

/** The limits of each input field, and of the arguments of each field. */
export const limits = {
  ApplyToJobInput: {
    message: { maxLength: 2000 },
    offeredAmount: { min: 0, max: 10000000 },
  },
  ChangePasswordInput: {
    currentPassword: { minLength: 1, maxLength: 256 },
    newPassword: { minLength: 8, maxLength: 256 },
  },
  ChangeUserRoleInput: {
    reason: { minLength: 1, maxLength: 200 },
    password: { minLength: 1, maxLength: 256 },
    code: { maxLength: 32 },
  },
  ConfirmSecondFactorInput: {
    code: { maxLength: 32 },
  },
  CreateApiKeyInput: {
    name: { minLength: 1, maxLength: 50 },
    expiresInDays: { min: 1, max: 365 },
    password: { minLength: 1, maxLength: 256 },
    code: { maxLength: 32 },
  },
  CreateJobInput: {
    title: { minLength: 1, maxLength: 100 },
    description: { maxLength: 5000 },
    city: { minLength: 1, maxLength: 50 },
    district: { minLength: 1, maxLength: 50 },
    address: { minLength: 1, maxLength: 200 },
    estimatedAmount: { min: 0, max: 10000000 },
  },
  DeleteAccountInput: {
    password: { minLength: 1, maxLength: 256 },
  },
  DisputeJobInput: {
    reason: { minLength: 1, maxLength: 500 },
  },
  EnrollSecondFactorInput: {
    password: { minLength: 1, maxLength: 256 },
  },
  HideReviewInput: {
    reason: { minLength: 1, maxLength: 200 },
  },
  JobFilter: {
    city: { maxLength: 50 },
    district: { maxLength: 50 },
    search: { maxLength: 100 },
    minAmount: { min: 0, max: 10000000 },
    maxAmount: { min: 0, max: 10000000 },
  },
  LoginInput: {
    email: { maxLength: 254 },
    password: { minLength: 1, maxLength: 256 },
    code: { maxLength: 32 },
  },
  RegisterInput: {
    name: { minLength: 2, maxLength: 50 },
    email: { maxLength: 254 },
    password: { minLength: 8, maxLength: 256 },
    phone: { maxLength: 30 },
  },
  ReleaseJobInput: {
    reason: { minLength: 1, maxLength: 500 },
  },
  ReplyToReviewInput: {
    text: { minLength: 1, maxLength: 1000 },
  },
  ReportReviewInput: {
    reason: { minLength: 1, maxLength: 500 },
  },
  RequestEmailChangeInput: {
    newEmail: { maxLength: 254 },
    currentPassword: { minLength: 1, maxLength: 256 },
  },
  RequestPasswordResetInput: {
    email: { maxLength: 254 },
  },
  ResendVerificationInput: {
    email: { maxLength: 254 },
  },
  ResetPasswordInput: {
    password: { minLength: 8, maxLength: 256 },
  },
  ResolveDisputeInput: {
    reason: { minLength: 1, maxLength: 500 },
  },
  RevokeSessionInput: {
    password: { minLength: 1, maxLength: 256 },
    code: { maxLength: 32 },
  },
  RotateApiKeyInput: {
    overlapHours: { min: 0, max: 168 },
    expiresInDays: { min: 1, max: 365 },
    password: { minLength: 1, maxLength: 256 },
    code: { maxLength: 32 },
  },
  SecondFactorInput: {
    password: { minLength: 1, maxLength: 256 },
    code: { maxLength: 32 },
  },
  SignOutUserInput: {
    reason: { minLength: 1, maxLength: 200 },
  },
  SuspendUserInput: {
    reason: { minLength: 1, maxLength: 200 },
  },
  UpdateApiKeyInput: {
    name: { minLength: 1, maxLength: 50 },
    password: { minLength: 1, maxLength: 256 },
    code: { maxLength: 32 },
  },
  UpdateJobInput: {
    title: { minLength: 1, maxLength: 100 },
    description: { maxLength: 5000 },
    city: { minLength: 1, maxLength: 50 },
    district: { minLength: 1, maxLength: 50 },
    address: { minLength: 1, maxLength: 200 },
    estimatedAmount: { min: 0, max: 10000000 },
  },
  UpdateProfileInput: {
    name: { minLength: 2, maxLength: 50 },
    phone: { maxLength: 30 },
  },
  UserFilter: {
    search: { minLength: 1, maxLength: 100 },
  },
  WriteReviewInput: {
    rating: { min: 1, max: 5 },
    text: { maxLength: 1000 },
  },
  'ApiKey.usage': {
    days: { min: 1, max: 90 },
  },
  'Job.highlights': {
    search: { maxLength: 100 },
  },
  'Job.applications': {
    first: { min: 1, max: 100 },
    last: { min: 1, max: 100 },
  },
  'Job.events': {
    first: { min: 1, max: 100 },
    last: { min: 1, max: 100 },
  },
  'Query.jobs': {
    first: { min: 1, max: 100 },
    last: { min: 1, max: 100 },
  },
  'Query.similarPay': {
    city: { minLength: 1, maxLength: 50 },
  },
  'Query.apiKeys': {
    first: { min: 1, max: 100 },
    last: { min: 1, max: 100 },
  },
  'Query.users': {
    first: { min: 1, max: 100 },
    last: { min: 1, max: 100 },
  },
  'Query.auditEvents': {
    first: { min: 1, max: 100 },
    last: { min: 1, max: 100 },
  },
  'Query.reviewReports': {
    first: { min: 1, max: 100 },
    last: { min: 1, max: 100 },
  },
  'User.sessions': {
    first: { min: 1, max: 100 },
    last: { min: 1, max: 100 },
  },
  'User.auditEvents': {
    first: { min: 1, max: 100 },
    last: { min: 1, max: 100 },
  },
  'User.notices': {
    first: { min: 1, max: 100 },
    last: { min: 1, max: 100 },
  },
  'User.applications': {
    first: { min: 1, max: 100 },
    last: { min: 1, max: 100 },
  },
  'User.reviews': {
    first: { min: 1, max: 100 },
    last: { min: 1, max: 100 },
  },
  'User.jobs': {
    first: { min: 1, max: 100 },
    last: { min: 1, max: 100 },
  },
} as const;
