/**
 * What the explainer should make of ordinary and of terrible evenings: the table that holds the weights in place.
 *
 * A scenario is a line `level mode name`, at its end `[live]` when its last event is judged as it comes in instead of
 * the whole session, `[perDay=N]` for the usual traffic of the zone, `[dismissed=type:zone:count]` for what the account
 * called false, `[or=level]` for what would be as right. `sees=person*2+dog` is what the pictures of an event show, once they were looked at. Below it, indented, stand its events: `time type zone [confidence] [attribute=value ...]`, London time
 * in winter. `-` stands for no mode and for no zone. A line without columns is a heading.
 */
import { readScenarios } from "./read-scenario.ts";
import { scenariosSeen } from "./scenarios-seen.ts";

export const scenarios = [
  ...scenariosSeen,
  ...readScenarios(`
Residents
low       home      somebody walks through the kitchen at noon
                    12:10:00 motion kitchen
low       home      a resident on the sofa is seen by the indoor camera
                    19:10:00 person living_room 0.95
low       night     a resident gets a glass of water at three in the morning
                    03:00:00 motion hallway; 03:00:20 motion kitchen; 03:01:10 motion bedroom
standard  home      children run in and out by the back door
                    15:00:00 door back_door; 15:00:05 door back_door; 15:00:11 door back_door;
                    15:00:14 person backyard 0.9
standard  home      the family plays all round the house
                    15:00:00 person backyard 0.9; 15:00:20 person side_yard 0.9;
                    15:00:40 person front_yard 0.9
low       home      a resident leaves for work by the front door
                    08:00:00 motion hallway; 08:00:08 door front_door; 08:00:12 person driveway 0.9
low       home      a window is aired at home by day
                    09:00:00 window bedroom
low       home      a resident comes in with shopping
                    17:00:00 vehicle driveway 0.9; 17:01:00 person front_door 0.9; 17:01:10 door front_door;
                    17:01:20 motion hallway
standard  home      a teenager comes home late by the front door
                    23:30:00 person front_door 0.9; 23:30:10 door front_door; 23:30:15 motion hallway
low       away      the family comes home with a key while the mode is still away
                    18:00:00 vehicle driveway 0.9; 18:00:30 person front_door 0.9;
                    18:00:45 door front_door method=key; 18:00:50 motion hallway
low       away      a resident is recognised at the door while the mode is away
                    18:00:30 person front_door 0.9 known=true; 18:00:45 door front_door;
                    18:00:50 motion hallway
low       -         the family comes home and switches the mode
                    18:00:00 person front_door 0.9 mode=away; 18:00:20 door front_door mode=away;
                    18:00:40 motion hallway mode=home
elevated  away      a family member opens the front door by day without disarming
                    16:00:00 motion front_door; 16:00:10 door front_door; 16:00:20 motion hallway
standard  -         an unknown mode and a homecoming in the afternoon
                    16:00:00 person front_door 0.9; 16:00:10 door front_door; 16:00:20 motion hallway
elevated  home      a resident drops a glass in the kitchen and moves about
                    13:00:00 glass_break kitchen; 13:00:08 motion kitchen
low       home      the car is parked at home
                    17:30:00 vehicle driveway 0.9
low       away      the front door is shut after somebody has gone
                    08:05:00 door front_door state=closed
low       away      the cleaner, who has a code, works while all are away
                    10:00:00 door front_door method=code; 10:00:10 person hallway 0.9;
                    10:00:50 person kitchen 0.9
low       home      a resident takes the bins out by the side door
                    07:00:00 person side_door
low       home      a resident works in the garage
                    11:00:00 person garage
low       home      a resident sits on the porch
                    20:00:00 person porch
low       night     a resident falls asleep on the sofa
                    23:30:00 person living_room
low       night     a resident gets up in the bedroom
                    05:30:00 person bedroom
low       night     a resident is in the bathroom at night
                    03:30:00 person bathroom
low       away      a recognised resident at the back door at night while the mode is away
                    23:10:00 person back_door known=true
standard  vacation  a recognised person waits at the back door on a holiday night
                    23:10:00 person back_door known=true dwellSeconds=120
standard  vacation  the house sitter lets himself in on a holiday night and goes to the bedroom
                    23:00:00 door front_door method=code; 23:01:00 person bedroom
elevated  night     somebody comes in by the front door in the evening, the site set for the night
                    21:30:00 person front_door 0.9; 21:30:10 door front_door; 21:30:20 motion hallway

Callers and deliveries
low       home      a delivery at noon while somebody is home
                    12:00:00 doorbell front_door; 12:00:08 person front_door 0.9; 12:00:12 package porch 0.8
low       away      a delivery at noon while everybody is away
                    12:00:00 doorbell front_door; 12:00:08 person front_door 0.9
standard  away      a delivery seen live, before the silence after it [live]
                    12:00:00 doorbell front_door; 12:00:08 person front_door 0.95
low       vacation  a van, a courier, the bell and a parcel
                    11:00:00 vehicle driveway 0.9; 11:00:12 person front_door 0.9;
                    11:00:20 doorbell front_door; 11:00:26 motion front_door
low       home      only the doorbell at home
                    14:00:00 doorbell front_door
low       away      only the doorbell, everybody away
                    14:00:00 doorbell front_door
standard  away      the doorbell at three in the morning while away
                    03:00:00 doorbell front_door
elevated  away      somebody rings at two at night, then stands there
                    02:00:00 doorbell front_door; 02:00:10 person front_door 0.95
standard  away      the postman at the front door by day, all away
                    10:30:00 person front_door 0.9
low       home      a visitor at the front door by day, somebody home
                    10:30:00 person front_door 0.9
low       away      a parcel left on the porch while away
                    10:30:00 package porch 0.9
critical  away      a burglar rings to see whether anybody is home, then tries a window
                    13:00:00 doorbell front_door; 13:00:10 person front_door 0.9;
                    13:00:25 window living_room; 13:00:35 motion living_room
standard  away      somebody rings and minutes later is in the back garden
                    13:00:00 doorbell front_door; 13:00:10 person front_door 0.9;
                    13:02:00 person backyard 0.9
standard  vacation  a caller rings on a holiday and waits a while
                    11:00:00 doorbell front_door; 11:00:08 person front_door dwellSeconds=60
standard  vacation  the same seen live [live]
                    11:00:00 doorbell front_door; 11:00:08 person front_door dwellSeconds=60
standard  vacation  a parcel at the front door on a holiday, worth taking in
                    11:00:00 package front_door
low       away      a parcel at the front door on a working day
                    11:00:00 package front_door
low       home      somebody at the gate of a shop by day
                    11:00:00 person loading_shutter

The street and the edge of the ground
low       home      passers-by in the street
                    14:00:00 person street 0.9
low       away      passers-by in the street at night while away
                    23:00:00 person street 0.9
low       away      cars pass all day [perDay=400]
                    14:00:00 vehicle street 0.9
standard  away      a strange car in the driveway at night while away
                    02:00:00 vehicle driveway 0.9
low       away      a car in the driveway by day while away
                    12:00:00 vehicle driveway 0.9
standard  night     somebody at the cars at two at night, all asleep
                    02:00:00 person driveway 0.9
standard  home      somebody at the cars at two at night, mode still home
                    02:00:00 person driveway 0.95
low       away      a rambler on the path beside the house while away
                    14:00:00 person bridle_path
standard  away      somebody on the porch by day while away
                    14:00:00 person porch
standard  away      somebody at the garage by day while away
                    14:00:00 person garage
standard  away      somebody at the fence by day while away
                    14:00:00 person north_fence
low       home      somebody at the fence by day, residents home
                    14:00:00 person north_fence

Prowlers
critical  night     a prowler at night while all sleep
                    02:00:00 person driveway 0.9; 02:00:20 person side_yard 0.9;
                    02:00:45 person backyard 0.9
elevated  home      a prowler at night, mode still home
                    02:00:00 motion driveway; 02:00:20 motion side_yard; 02:00:45 motion backyard
critical  away      a prowler by day while away
                    11:00:00 person front_door 0.9; 11:00:25 person side_door 0.9;
                    11:00:50 person back_door 0.9
elevated  away      motion sensors trip one after the other while away
                    11:00:00 motion front_yard; 11:00:25 motion side_yard; 11:00:50 motion backyard
elevated  -         a prowler at night, nobody said who is home
                    02:00:00 person side_yard 0.9; 02:00:20 person backyard 0.9;
                    02:00:45 person front_yard 0.9
elevated  away      somebody at the back door at night while away
                    02:10:00 person back_door 0.9
elevated  away      somebody at the back door by day while away
                    14:10:00 person back_door
elevated  away      somebody lingers in the back garden by day while away
                    14:10:00 person backyard 0.9 dwellSeconds=90
standard  away      somebody crosses the back garden by day while away
                    14:10:00 person backyard 0.9
elevated  vacation  somebody lingers at the back door at night on holiday, unconfirmed
                    02:10:00 person back_door dwellSeconds=120
low       away      the device is hardly sure that it saw somebody
                    14:10:00 person front_yard 0.3
elevated  night     somebody at the back door at night, residents asleep
                    03:10:00 person back_door 0.95
standard  away      somebody waits in the front garden by day while away
                    14:10:00 person front_yard dwellSeconds=45
standard  away      somebody in the side passage by day while away
                    14:10:00 person side_yard
elevated  away      somebody at the shutter of a closed shop at night
                    02:10:00 person loading_shutter

Burglars
critical  away      breaking glass while away
                    02:00:00 glass_break living_room
elevated  home      breaking glass by day at home
                    13:00:00 glass_break kitchen
critical  home      breaking glass at night at home
                    03:00:00 glass_break kitchen
critical  home      glass breaks and somebody is in the garden by day, residents home
                    13:00:00 glass_break kitchen; 13:00:10 person backyard 0.9
critical  -         glass breaks, then movement, nobody said who is home
                    13:00:00 glass_break living_room; 13:00:15 motion living_room
critical  home      a forced entry is reported
                    13:00:00 forced_entry back_door
critical  away      a door is forced: three openings in ten seconds while away
                    11:00:00 door back_door; 11:00:04 door back_door; 11:00:09 door back_door
critical  night     three windows are tried in fifteen seconds at night
                    03:00:00 window living_room; 03:00:07 window kitchen; 03:00:14 window bedroom
critical  away      somebody gets in through the back door while away
                    14:00:00 person backyard 0.9; 14:00:15 door back_door; 14:00:25 motion kitchen
critical  night     somebody gets in through a window while all sleep
                    03:00:00 motion backyard; 03:00:20 window kitchen; 03:00:40 motion kitchen
elevated  -         somebody gets in through a window by day, nobody said who is home
                    14:00:00 motion backyard; 14:00:20 window kitchen; 14:00:40 motion kitchen
elevated  away      somebody is in the living room of an empty house
                    14:00:00 person living_room 0.9
standard  away      something moves in an empty house
                    14:00:00 motion living_room
critical  away      movement goes from room to room in an empty house
                    14:00:00 motion living_room; 14:00:20 motion hallway; 14:00:40 motion bedroom
critical  away      somebody outside, then inside, and no sensor on the way
                    14:00:00 person backyard 0.9; 14:00:20 person kitchen 0.9
elevated  away      something outside, then inside, and no sensor on the way
                    14:00:00 motion backyard; 14:00:20 motion kitchen
elevated  away      a window opens while nobody is home
                    14:00:00 window bedroom
elevated  away      the back door opens while nobody is home
                    14:00:00 door back_door
standard  away      the front door opens while nobody is home
                    14:00:00 door front_door
elevated  away      a camera is tampered with while away
                    14:00:00 tamper driveway
standard  home      a camera is moved by a resident
                    14:00:00 tamper driveway
elevated  away      a door opens live, after movement, while away [live]
                    14:00:00 motion backyard; 14:00:10 door back_door
critical  away      movement inside live completes an intrusion [live]
                    14:00:00 motion backyard; 14:00:10 window kitchen; 14:00:20 motion kitchen
critical  away      live movement inside half a minute after an intrusion [live]
                    14:00:00 motion backyard; 14:00:10 window kitchen; 14:00:20 motion kitchen;
                    14:00:55 motion hallway
elevated  away      a figure in the bedroom of an empty house, not quite clear
                    14:00:00 person bedroom 0.6
elevated  away      somebody in the hallway of an empty house
                    14:00:00 person hallway
elevated  away      somebody in the kitchen of an empty house
                    14:00:00 person kitchen
elevated  away      somebody in the stock room of a closed shop
                    14:00:00 person stock_room
standard  home      the back door bangs three times, residents home
                    11:00:00 door back_door; 11:00:04 door back_door; 11:00:09 door back_door
elevated  -         a door is forced, nobody said who is home
                    11:00:00 door back_door; 11:00:04 door back_door; 11:00:09 door back_door
standard  vacation  a window is shut on a holiday night
                    02:00:00 window back_door state=closed

elevated  home      somebody whom the camera does not know is in the bathroom at night
                    03:00:00 person bathroom 0.9 known=false
standard  away      a van waits in the driveway for five minutes at noon
                    12:00:00 vehicle driveway 0.9 dwellSeconds=300
critical  away      the back door seems to open by day, then something moves in the kitchen
                    14:00:00 door back_door 0.7; 14:00:15 motion kitchen
elevated  away      somebody not quite clear comes from the driveway to the back door by day
                    14:00:00 person driveway 0.7; 14:00:20 person back_door 0.7
elevated  away      somebody comes from the driveway to the back door by day
                    14:00:00 person driveway 0.95; 14:00:20 person back_door 0.95
standard  away      somebody comes from the driveway to the front door by day, as callers do
                    14:00:00 person driveway 0.9; 14:00:20 person front_door 0.9
low       home      the camera sees the children in the garden again and again
                    15:00:00 person backyard 0.9; 15:01:00 person backyard 0.9; 15:02:00 person backyard 0.9;
                    15:03:00 person backyard 0.9; 15:04:00 person backyard 0.9

Animals and weather
low       night     a cat in the garden at night
                    02:00:00 animal backyard 0.9
low       away      a fox trips the motion sensor while away
                    02:00:00 motion backyard; 02:00:05 animal backyard 0.9
low       away      the dog alone at home walks about
                    14:00:00 motion living_room pet=0.9; 14:00:20 motion hallway pet=0.9;
                    14:00:40 motion kitchen pet=0.9
low       away      the dog barks while all are away
                    14:00:00 audio living_room sound=bark
elevated  away      a person with a dog in the back garden at night while away
                    02:00:00 person backyard 0.9; 02:00:03 motion backyard pet=0.8;
                    02:00:05 animal backyard 0.9
low       night     wind in the tree on a stormy night
                    02:00:00 motion front_yard 0.4; 02:00:12 motion front_yard 0.35;
                    02:00:25 motion front_yard 0.5; 02:00:40 motion front_yard 0.4
low       home      rain on a camera by day
                    14:00:00 motion backyard 0.3
low       vacation  a fox in the garden on a holiday night, where hardly anything happens [perDay=0.5]
                    02:00:00 animal backyard
low       vacation  the cat, fed by a neighbour, roams on a holiday night
                    02:00:00 motion bedroom pet=0.8
low       vacation  the cat is seen beside the movement on a holiday night
                    02:00:00 motion bedroom; 02:00:04 animal bedroom
standard  away      perhaps it was a pet that moved in the empty house
                    14:00:00 motion living_room pet=0.3
low       night     branches before a camera that hardly ever sees anything [perDay=0.5]
                    02:00:00 motion back_door 0.6 dwellSeconds=60;
                    02:00:12 motion back_door 0.6 dwellSeconds=60;
                    02:00:25 motion back_door 0.6 dwellSeconds=60;
                    02:00:40 motion back_door 0.6 dwellSeconds=60
low       night     a storm moves the trees all round the house
                    02:00:00 motion front_yard 0.5; 02:00:04 motion side_yard 0.5;
                    02:00:08 motion backyard 0.5; 02:00:12 motion front_yard 0.5;
                    02:00:16 motion side_yard 0.5; 02:00:20 motion backyard 0.5;
                    02:00:24 motion front_yard 0.5; 02:00:28 motion side_yard 0.5;
                    02:00:32 motion backyard 0.5; 02:00:36 motion front_yard 0.5;
                    02:00:40 motion side_yard 0.5; 02:00:44 motion backyard 0.5

Faults
low       home      a loose contact chatters at home
                    14:00:00 door back_door; 14:00:02 door back_door; 14:00:04 door back_door;
                    14:00:06 door back_door; 14:00:08 door back_door; 14:00:10 door back_door
standard  away      a loose contact chatters while away
                    14:00:00 window kitchen; 14:00:02 window kitchen; 14:00:04 window kitchen;
                    14:00:06 window kitchen; 14:00:08 window kitchen; 14:00:10 window kitchen
critical  away      a chattering contact does not hide somebody outside
                    14:00:00 window kitchen; 14:00:02 window kitchen; 14:00:04 window kitchen;
                    14:00:06 window kitchen; 14:00:08 window kitchen; 14:00:10 window kitchen;
                    14:00:12 person backyard 0.9
low       home      a device raises an alert of its own at home
                    14:00:00 custom garage
standard  -         a tamper switch chatters
                    14:00:00 tamper driveway; 14:00:02 tamper driveway; 14:00:04 tamper driveway;
                    14:00:06 tamper driveway; 14:00:08 tamper driveway; 14:00:10 tamper driveway
standard  away      a device raises an alert of its own while away
                    14:00:00 custom garage

Life-safety and the house itself
critical  home      smoke
                    14:00:00 smoke kitchen
critical  home      smoke, dismissed many times before [dismissed=smoke:kitchen:50]
                    14:00:00 smoke kitchen
critical  home      smoke of which the sensor is not sure
                    14:00:00 smoke kitchen 0.4
critical  night     carbon monoxide at night
                    03:00:00 carbon_monoxide bedroom
critical  home      carbon monoxide by day
                    13:00:00 carbon_monoxide -
critical  home      gas
                    13:00:00 gas kitchen
critical  home      a flame
                    13:00:00 flame living_room
critical  emergency any event in an emergency
                    13:00:00 motion hallway
elevated  home      a room as hot as a fire
                    13:00:00 temperature kitchen celsius=70
standard  vacation  a room in which pipes freeze
                    13:00:00 temperature bathroom celsius=1
low       home      a warm day
                    13:00:00 temperature conservatory celsius=31
standard  home      a scream at home
                    21:00:00 audio living_room sound=scream
elevated  away      an alarm sounds while away
                    21:00:00 audio hallway sound=alarm
critical  home      smoke among a delivery
                    12:00:00 doorbell front_door; 12:00:08 person front_door 0.9; 12:00:20 smoke kitchen

What an account has taught, and what is usual
low       night     the neighbour at the front door, called false often [dismissed=person:Front_Door:5]
                    21:00:00 person front_door 0.8
standard  night     the same without a single dismissal
                    21:00:00 person front_door 0.8
standard  night     the same, called false in another zone [dismissed=person:backyard:5]
                    21:00:00 person front_door 0.8
standard  away      an alert called false twice weighs a little less [dismissed=person:back_door:2]
                    14:10:00 person back_door
standard  away      no number of dismissals makes somebody inside harmless [dismissed=motion:living_room:100]
                    14:00:00 motion living_room
critical  away      no number of dismissals makes an intrusion harmless [dismissed=window:kitchen:100]
                    14:00:00 motion backyard; 14:00:10 window kitchen; 14:00:20 motion kitchen
low       -         a busy zone excuses a little [perDay=300]
                    14:00:00 person driveway 0.95
standard  -         the same zone with its usual traffic unknown
                    14:00:00 person driveway 0.98
standard  -         somebody where never anybody comes [perDay=0.2]
                    14:00:00 person front_yard
standard  -         a visitor at the garage, called false once [dismissed=person:garage:1]
                    14:00:00 person garage
standard  -         a visitor at the garage, where many people pass [perDay=200]
                    14:00:00 person garage
low       -         a window opens where much goes on [perDay=200]
                    14:00:00 window kitchen
standard  -         a door opens where hardly anything happens [perDay=0.5]
                    14:00:00 door front_door
low       -         a device raises an alert of its own where hardly anything happens [perDay=0.5]
                    14:00:00 custom garage

Zones that the table does not know
elevated  away      free-text zones are read
                    14:10:00 person Back_Door_Cam_2
elevated  away      somebody at the side door by day while away
                    14:10:00 person side_door
elevated  away      a gate that the table does not know is a way in
                    02:10:00 person tradesmens_gate
low       home      a zone that says nothing
                    14:00:00 person xyzzy 0.9
standard  away      no zone at all, at night, while away
                    02:00:00 person - 0.9
`),
];
