import createClient from 'openapi-fetch';
import type { components, paths } from './schema';

type Schemas = components['schemas'];
export type Overview = Schemas['Overview'];
export type Count = Schemas['Count'];
export type Change = Schemas['Change'];
export type Party = Schemas['Party'];
export type Capture = Schemas['Capture'];
export type ProtocolRow = Schemas['ProtocolRow'];
export type AssetRow = Schemas['AssetRow'];
export type AssetPage = Schemas['AssetPage'];
export type Asset = Schemas['AssetView'];
export type Choice = Schemas['ChoiceView'];
export type Evidence = Schemas['EvidenceView'];
export type Vulnerability = Schemas['VulnerabilityView'];
export type Reason = Schemas['ReasonView'];
export type Conversation = Schemas['ConversationView'];
export type ConversationPage = Schemas['ConversationPage'];
export type PlantMap = Schemas['Map'];
export type MapNode = Schemas['Node'];
export type MapLink = Schemas['Link'];
export type VulnerabilityPage = Schemas['VulnerabilityPage'];
export type VulnerabilityRow = Schemas['VulnerabilityRow'];
export type AssetVulnerabilities = Schemas['AssetVulnerabilities'];
export type Factor = Schemas['FactorView'];
export type RiskPage = Schemas['RiskPage'];
export type RiskStep = Schemas['StepView'];
export type Triage = Schemas['TriageView'];
export type Decide = Schemas['Decide'];
export type Finding = Schemas['FindingView'];
export type IntelPage = Schemas['IntelPage'];
export type IntelSource = Schemas['IntelSource'];
export type SupplierPage = Schemas['SupplierPage'];
export type SupplierRow = Schemas['SupplierRow'];
export type Supplier = Schemas['SupplierView'];
export type SupplierDevice = Schemas['SupplierDevice'];
export type Passport = Schemas['PassportView'];
export type Warning = Schemas['WarningView'];
export type Statement = Schemas['StatementView'];
export type Tie = Schemas['TieView'];
export type Remote = Schemas['RemoteView'];
export type Origin = Schemas['OriginView'];
export type Life = Schemas['LifeView'];
export type Component = Schemas['ComponentView'];
export type Service = Schemas['ServiceView'];
export type Pooled = Schemas['PooledView'];
export type SupplyDocument = Schemas['SupplyDocumentView'];
export type Correction = Schemas['CorrectionView'];
export type Correct = Schemas['Correct'];
export type Bond = Schemas['BondView'];
export type SayBond = Schemas['SayBond'];
export type Session = Schemas['SessionView'];

/** What went wrong, as the server's code; `network` where it could not be reached. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const client = createClient<paths>({ baseUrl: '/', fetch: (request) => fetch(request) });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

const isProblem = (value: unknown): value is { code: string; message: string } =>
  typeof value === 'object' && value !== null && 'code' in value && 'message' in value;

/** The document of an answer; throws a `Problem` where there is none. */
export async function document<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await settle(answer);
  if (response.ok) return data as T;
  if (isProblem(error)) throw new Problem(error.code, error.message);
  throw new Problem('system', String(response.status));
}

async function settle<T>(answer: Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await answer;
  } catch (error) {
    throw new Problem('network', String(error));
  }
}
