import type { LanguageTexts } from '../en/index.js';
import { accountTexts } from './account.js';
import { alarmPageTexts } from './alarm-page.js';
import { alarmSettingTexts } from './alarm-settings.js';
import { auditTexts } from './audit.js';
import { callToolTexts } from './call-tools.js';
import { callTexts } from './calls.js';
import { configTexts } from './config.js';
import { commandTexts } from './commands.js';
import { consoleTexts } from './console.js';
import { integrationTexts } from './integrations.js';
import { customerTexts } from './customer.js';
import { dutyTexts } from './duty.js';
import { diallingTexts } from './dialling.js';
import { hoursTexts } from './hours.js';
import { embeddedPhoneTexts } from './embedded-phone.js';
import { handsetTexts } from './handsets.js';
import { orderStatusTexts } from './order-status.js';
import { orderTexts } from './orders.js';
import { messageTexts } from './messages.js';
import { missedTexts } from './missed.js';
import { nowTexts } from './now.js';
import { pageTexts } from './pages.js';
import { pastCallTexts } from './past-calls.js';
import { planChangeTexts } from './plan-changes.js';
import { planFormTexts } from './plan-forms.js';
import { planMapTexts } from './plan-map.js';
import { planTexts } from './plans.js';
import { personalDataTexts } from './personal-data.js';
import { placeTexts } from './places.js';
import { phoneTexts } from './phone.js';
import { promptTexts } from './prompts.js';
import { problemTexts } from './problems.js';
import { simulationTexts } from './simulation.js';
import { setupTexts } from './setup.js';
import { systemTexts } from './system.js';
import { queueTexts } from './queues.js';
import { timelineTexts } from './timeline.js';
import { lineTexts } from './lines.js';
import { peopleTexts } from './people.js';
import { profileTexts } from './profiles.js';
import { sentenceTexts } from './sentences.js';
import { settingTexts } from './settings.js';
import { tokenTexts } from './tokens.js';
import { trunkStateTexts } from './trunk-states.js';
import { trunkTexts } from './trunks.js';
import { reportTexts } from './reports.js';
import { workdayTexts } from './workday.js';
import { wallTexts } from './wall.js';
import { yamlTexts } from './yaml.js';

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
