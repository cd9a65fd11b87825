import { accountTexts, type AccountTexts } from './account.js';
import { alarmPageTexts, type AlarmPageTexts } from './alarm-page.js';
import { alarmSettingTexts, type AlarmSettingTexts } from './alarm-settings.js';
import { auditTexts, type AuditTexts } from './audit.js';
import { callToolTexts, type CallToolTexts } from './call-tools.js';
import { callTexts, type CallTexts } from './calls.js';
import { configTexts, type ConfigTexts } from './config.js';
import { integrationTexts, type IntegrationTexts } from './integrations.js';
import { commandTexts, type CommandTexts } from './commands.js';
import { consoleTexts, type ConsoleTexts } from './console.js';
import { customerTexts, type CustomerTexts } from './customer.js';
import { dutyTexts, type DutyTexts } from './duty.js';
import { diallingTexts, type DiallingTexts } from './dialling.js';
import { hoursTexts, type HoursTexts } from './hours.js';
import { embeddedPhoneTexts, type EmbeddedPhoneTexts } from './embedded-phone.js';
import { handsetTexts, type HandsetTexts } from './handsets.js';
import { nowTexts, type NowTexts } from './now.js';
import { pageTexts, type PageTexts } from './pages.js';
import { pastCallTexts, type PastCallTexts } from './past-calls.js';
import { planChangeTexts, type PlanChangeTexts } from './plan-changes.js';
import { planFormTexts, type PlanFormTexts } from './plan-forms.js';
import { planMapTexts, type PlanMapTexts } from './plan-map.js';
import { planTexts, type PlanTexts } from './plans.js';
import { personalDataTexts, type PersonalDataTexts } from './personal-data.js';
import { placeTexts, type PlaceTexts } from './places.js';
import { phoneTexts, type PhoneTexts } from './phone.js';
import { promptTexts, type PromptTexts } from './prompts.js';
import { problemTexts, type ProblemTexts } from './problems.js';
import { simulationTexts, type SimulationTexts } from './simulation.js';
import { setupTexts, type SetupTexts } from './setup.js';
import { systemTexts, type SystemTexts } from './system.js';
import { queueTexts, type QueueTexts } from './queues.js';
import { timelineTexts, type TimelineTexts } from './timeline.js';
import { lineTexts, type LineTexts } from './lines.js';
import { peopleTexts, type PeopleTexts } from './people.js';
import { profileTexts, type ProfileTexts } from './profiles.js';
import { sentenceTexts, type SentenceTexts } from './sentences.js';
import { settingTexts, type SettingTexts } from './settings.js';
import { tokenTexts, type TokenTexts } from './tokens.js';
import { trunkStateTexts, type TrunkStateTexts } from './trunk-states.js';
import { trunkTexts, type TrunkTexts } from './trunks.js';
import { orderStatusTexts, type OrderStatusTexts } from './order-status.js';
import { orderTexts, type OrderTexts } from './orders.js';
import { messageTexts, type MessageTexts } from './messages.js';
import { missedTexts, type MissedTexts } from './missed.js';
import { reportTexts, type ReportTexts } from './reports.js';
import { workdayTexts, type WorkdayTexts } from './workday.js';
import { wallTexts, type WallTexts } from './wall.js';
import { yamlTexts, type YamlTexts } from './yaml.js';

/** Every catalogue that a language has to have. */
export interface LanguageTexts {
  pages: PageTexts;
  account: AccountTexts;
  alarms: AlarmPageTexts;
  alarmSettings: AlarmSettingTexts;
  audit: AuditTexts;
  commands: CommandTexts;
  console: ConsoleTexts;
  config: ConfigTexts;
  problems: ProblemTexts;
  phone: PhoneTexts;
  prompts: PromptTexts;
  personalData: PersonalDataTexts;
  places: PlaceTexts;
  integrations: IntegrationTexts;
  queues: QueueTexts;
  embeddedPhone: EmbeddedPhoneTexts;
  handsets: HandsetTexts;
  now: NowTexts;
  calls: CallTexts;
  customer: CustomerTexts;
  callTools: CallToolTexts;
  dialling: DiallingTexts;
  plans: PlanTexts;
  setup: SetupTexts;
  system: SystemTexts;
  lines: LineTexts;
  people: PeopleTexts;
  settings: SettingTexts;
  sentences: SentenceTexts;
  profiles: ProfileTexts;
  tokens: TokenTexts;
  trunks: TrunkTexts;
  yaml: YamlTexts;
  trunkStates: TrunkStateTexts;
  planMap: PlanMapTexts;
  planForms: PlanFormTexts;
  planChanges: PlanChangeTexts;
  orders: OrderTexts;
  orderStatus: OrderStatusTexts;
  messages: MessageTexts;
  missed: MissedTexts;
  reports: ReportTexts;
  timeline: TimelineTexts;
  simulation: SimulationTexts;
  pastCalls: PastCallTexts;
  duty: DutyTexts;
  hours: HoursTexts;
  wall: WallTexts;
  workday: WorkdayTexts;
}

export const texts: LanguageTexts = {
  pages: pageTexts,
  account: accountTexts,
  alarms: alarmPageTexts,
  alarmSettings: alarmSettingTexts,
  audit: auditTexts,
  commands: commandTexts,
  console: consoleTexts,
  config: configTexts,
  problems: problemTexts,
  phone: phoneTexts,
  prompts: promptTexts,
  personalData: personalDataTexts,
  places: placeTexts,
  integrations: integrationTexts,
  queues: queueTexts,
  embeddedPhone: embeddedPhoneTexts,
  handsets: handsetTexts,
  now: nowTexts,
  calls: callTexts,
  customer: customerTexts,
  callTools: callToolTexts,
  dialling: diallingTexts,
  plans: planTexts,
  setup: setupTexts,
  system: systemTexts,
  lines: lineTexts,
  people: peopleTexts,
  settings: settingTexts,
  sentences: sentenceTexts,
  profiles: profileTexts,
  tokens: tokenTexts,
  trunks: trunkTexts,
  yaml: yamlTexts,
  trunkStates: trunkStateTexts,
  planMap: planMapTexts,
  planForms: planFormTexts,
  planChanges: planChangeTexts,
  orders: orderTexts,
  orderStatus: orderStatusTexts,
  messages: messageTexts,
  missed: missedTexts,
  reports: reportTexts,
  timeline: timelineTexts,
  simulation: simulationTexts,
  pastCalls: pastCallTexts,
  duty: dutyTexts,
  hours: hoursTexts,
  wall: wallTexts,
  workday: workdayTexts,
};
