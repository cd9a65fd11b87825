/**
 * Fills the table of calls from earlier flows with the flows' own code, as far as old states and timelines allow.
 * An unreadable flow counts as failed.
 */
export const backfillCalls = `
with readable as (
  select id, kind, started_at, over, updated_at,
    case when json_valid(summary) then summary else '{}' end as summary,
    case when json_valid(state) then state else '{}' end as state
  from flows
),
told as (
  select flow_id, seq, at, kind, case when json_valid(data) then data else '{}' end as data from timeline
  where kind in ('queued', 'queue_answered', 'queue_left', 'talking')
),
facts as (
  select id, kind, started_at, over, summary, state,
    case kind when 'bridge' then state ->> '$.standing.endedAt' else summary ->> 'endedAt' end as ended_at,
    case kind when 'bridge' then state ->> '$.standing.bridgedAt' else state ->> 'talkedAt' end as talked_at,
    case
      when kind = 'bridge' then coalesce(replace(state ->> '$.standing.endedBy', 'canceled', 'operator'),
        case
          when state ->> '$.standing.failed.detail' = 'asterisk_restart' then 'asterisk'
          when state ->> '$.standing.failed.reason' <> 'canceled' then 'unanswered'
          when state ->> '$.standing.failed.leg' = 'a' then 'a'
          else 'operator'
        end)
      when state ->> 'handset' is not null and summary ->> 'endedBy' = 'caller' then 'handset'
      when state ->> 'handset' is not null and summary ->> 'endedBy' = 'handset' then 'caller'
      else summary ->> 'endedBy'
    end as ended_by,
    updated_at
  from readable
)
insert into calls (id, kind, started_at, direction, line, over, outcome, reason, queue, waited_ms, agent_kind, agent, talk_ms, ended_at, ended_by)
select id, kind, started_at, coalesce(summary ->> 'direction', 'incoming'), coalesce(summary ->> 'line', ''), over,
  case
    when over = 0 then null
    when kind = 'bridge' then case
      when talked_at is not null then 'answered'
      when state ->> '$.standing.failed.detail' = 'refused' then 'refused'
      when state ->> '$.standing.failed.detail' in ('asterisk_restart', 'unknown_outcome') then 'failed'
      else case state ->> '$.standing.failed.reason'
        when 'canceled' then iif(ended_by = 'a', 'lost', 'rejected')
        when 'busy' then 'busy'
        when 'rejected' then 'busy'
        when 'no_answer' then 'unanswered'
        when 'unreachable' then 'unreachable'
        else 'failed'
      end
    end
    when ended_at is null then 'failed'
    when talked_at is not null then 'answered'
    when ended_by in ('asterisk', 'fallback', 'limit') then 'failed'
    else case state ->> 'result'
      when 'NO_ANSWER' then 'unanswered'
      when 'USER_BUSY' then 'busy'
      when 'USER_NOT_REGISTERED' then 'unreachable'
      when 'ABANDONED' then 'lost'
      when 'REJECTED' then 'rejected'
      else 'served'
    end
  end,
  iif(over = 1 and kind = 'bridge', state ->> '$.standing.failed.detail', null),
  iif(over = 1, (select data ->> 'queue' from told where flow_id = facts.id and kind = 'queued' order by seq desc limit 1), null),
  iif(over = 1, coalesce(
    (select data ->> 'waited_ms' from told where flow_id = facts.id and kind in ('queue_answered', 'queue_left') order by seq limit 1),
    ended_at - (select at from told where flow_id = facts.id and kind = 'queued' order by seq limit 1),
    (select data ->> 'rang_ms' from told where flow_id = facts.id and kind = 'talking' order by seq limit 1)
  ), null),
  case
    when over = 0 or talked_at is null then null
    when kind = 'bridge' then 'party'
    when state ->> '$.agent.handset' is not null then 'handset'
    when state ->> '$.agent.number' is not null then 'number'
    when state ->> '$.agent.party' is not null then 'party'
  end,
  case
    when over = 0 or talked_at is null then null
    when kind = 'bridge' then state ->> '$.legs.b.role'
    else coalesce(state ->> '$.agent.handset', state ->> '$.agent.number', state ->> '$.agent.party')
  end,
  iif(over = 1, coalesce(ended_at - talked_at, 0), null),
  iif(over = 1, coalesce(ended_at, updated_at), null),
  iif(over = 1, coalesce(ended_by, 'fault'), null)
from facts`;
