/**
 * Evenings written when the others had long been judged, each with every level that a sensible person would agree to, and before
 * the explainer was asked. Those of `openLater` may be looked at while rules change; none was changed for those of `frozenLater`.
 */
import { readScenarios } from "./read-scenario.ts";

export const openLater = readScenarios(`
low       home      the postman rings at eleven and leaves
                    11:02:00 doorbell front_door; 11:02:15 person front_door 0.9; 11:03:00 motion front_yard
critical  away      glass breaks in the kitchen at two in the night and somebody moves in the hall
                    02:00:00 glass_break kitchen; 02:00:14 motion kitchen; 02:00:25 motion hallway
elevated  night     a man nobody knows is at the back door at three, as seen by the camera [or=critical]
                    03:00:00 person back_door 0.92 known=false sees=person
low       home      the grandparents sit in the garden in the afternoon
                    15:00:00 person backyard 0.9 sees=person*2; 15:05:00 person backyard 0.9 sees=person*2;
                    15:10:00 motion backyard sees=person*2
critical  home      smoke in the bedroom while all sleep at home
                    03:30:00 smoke bedroom
critical  away      the garage door opens at one in the night, nobody home, then motion inside the garage
                    01:00:00 door garage; 01:00:20 motion garage
low       home      a fox crosses the lawn at dusk
                    21:40:00 animal backyard 0.8 sees=dog; 21:40:06 motion backyard sees=dog
elevated  away      somebody tries the front door, the side door and the back door at night [or=critical]
                    01:10:00 motion front_door; 01:10:30 motion side_door; 01:11:05 motion back_door;
                    01:11:40 motion front_door
standard  away      a parcel is brought by day while nobody is home [or=low]
                    13:00:00 vehicle driveway 0.8; 13:00:30 person front_door 0.9 sees=person;
                    13:00:40 doorbell front_door
low       home      the robot vacuum drives through the living room at noon
                    12:00:00 motion living_room sees=nothing; 12:00:30 motion kitchen sees=nothing
elevated  vacation  during the holidays the basement window opens by day [or=critical]
                    14:20:00 window basement
critical  vacation  during the holidays two people are in the living room at midnight
                    00:10:00 motion living_room sees=person*2; 00:10:40 person living_room 0.8 sees=person*2
low       home      the cat walks over the kitchen table at night, people home and awake
                    22:20:00 motion kitchen sees=cat
low       night     the teenager raids the fridge at one
                    01:05:00 motion hallway; 01:05:20 person kitchen 0.9 known=true; 01:12:00 motion hallway
elevated  night     glass breaks at the patio door while all sleep [or=critical]
                    04:00:00 glass_break patio
critical  night     glass breaks and a stranger stands in the living room while all sleep
                    04:00:00 glass_break living_room; 04:00:20 person living_room 0.8 known=false sees=person
standard  away      a van stops in the drive at night for ten minutes, nobody gets out [or=elevated]
                    02:00:00 vehicle driveway 0.9 dwellSeconds=600 sees=truck
low       away      a neighbour's cat sits on the porch by day
                    12:30:00 motion porch sees=cat; 12:31:00 animal porch 0.9 sees=cat
low       home      children ring and run away at five
                    17:00:00 doorbell front_door; 17:00:03 doorbell front_door; 17:00:06 doorbell front_door
elevated  away      the camera at the gate is covered at night and then the side door moves [or=critical]
                    02:30:00 tamper side_yard; 02:30:40 motion side_door
critical  home      carbon monoxide in the bedroom
                    06:00:00 carbon_monoxide bedroom
elevated  away      a person in a mask at the back door by day who stays for three minutes [or=critical]
                    11:00:00 person back_door 0.9 dwellSeconds=180 sees=person+180s
low       home      the gardener, whom the camera knows, works in the front yard
                    10:00:00 person front_yard 0.9 known=true; 10:20:00 person front_yard 0.9 known=true
elevated  away      three men walk across the back garden at night towards the house [or=critical]
                    23:50:00 motion backyard sees=person*3+near
low       home      rain sets off the street camera all evening
                    19:00:00 motion street sees=nothing; 19:01:00 motion street sees=nothing;
                    19:02:00 motion street sees=nothing
elevated  night     somebody whom the camera does not know in the living room while all sleep upstairs [or=critical]
                    02:40:00 person living_room 0.9 known=false sees=person
critical  away      the front door is forced and two people are in the hall
                    14:00:00 forced_entry front_door; 14:00:20 person hallway 0.9 sees=person*2
low       home      the car leaves for work
                    07:40:00 motion hallway; 07:41:00 door front_door; 07:42:00 vehicle driveway 0.9
standard  home      at home in the evening somebody unknown stands at the back door for two minutes [or=elevated]
                    21:30:00 person back_door 0.9 known=false dwellSeconds=120 sees=person+120s
low       away      a delivery van passes in the street at night [or=standard]
                    23:30:00 vehicle street 0.9
critical  vacation  a stranger walks through the bedroom and the hallway of an empty house by day
                    13:00:00 person bedroom 0.8 known=false; 13:00:30 person hallway 0.8 known=false
elevated  away      two people carry something out at the back door at night [or=critical]
                    03:10:00 motion back_door sees=person*2; 03:10:20 door back_door;
                    03:10:40 motion backyard sees=person*2
low       home      the window cleaner works at the front at ten
                    10:00:00 person front_yard 0.9 sees=person; 10:06:00 person front_yard 0.9 sees=person
low       home      a guest leaves late by car
                    23:15:00 door front_door; 23:15:20 person driveway 0.9; 23:16:00 vehicle driveway 0.9
standard  night     somebody stands at the gate at four [or=elevated]
                    04:00:00 person Gate 0.9 sees=person+40s
critical  home      the kitchen burns while the family sits in the garden
                    18:00:00 flame kitchen; 18:00:02 person backyard 0.9 sees=person*3
elevated  night     the doorbell rings at three, then somebody goes round to the back [or=critical]
                    03:00:00 doorbell front_door; 03:00:40 person side_yard 0.9; 03:01:00 person back_door 0.9
low       away      a bird sits before the camera by day
                    09:00:00 animal backyard 0.6; 09:00:04 motion backyard 0.4 sees=nothing
low       away      the neighbours' children fetch their ball from the front garden [or=standard]
                    16:00:00 person front_yard 0.9 sees=person*2; 16:00:20 person front_yard 0.9 sees=person*2
elevated  away      a window of the bathroom opens at dusk [or=critical]
                    20:45:00 window Bathroom_window
low       home      the family watches television
                    21:00:00 motion living_room; 21:10:00 motion living_room;
                    21:20:00 person living_room 0.9 sees=person*4
low       night     the dog barks and walks about downstairs
                    02:20:00 audio kitchen sound=bark; 02:20:10 motion kitchen sees=dog;
                    02:20:30 motion hallway sees=dog
elevated  away      shots are heard in the yard [or=critical]
                    22:00:00 audio backyard sound=gunshot; 22:00:10 person backyard 0.8 sees=person
standard  away      a stranger looks through the windows of the side by day [or=elevated]
                    14:00:00 person side_yard 0.9 known=false dwellSeconds=60 sees=person+60s
low       away      the courier drops a parcel and drives away
                    10:30:00 vehicle driveway 0.9; 10:30:20 person porch 0.9 sees=person;
                    10:30:30 package porch 0.9; 10:31:00 vehicle driveway 0.9
elevated  vacation  the camera of the hallway is covered at night [or=critical]
                    01:00:00 tamper hallway; 01:00:30 motion hallway
low       home      grandmother walks to the bathroom three times at night
                    01:00:00 motion hallway; 02:30:00 motion bathroom; 04:10:00 motion hallway
critical  night     somebody with a knife comes nearer to the back door, all asleep
                    02:00:00 motion back_door sees=person+near+knife;
                    02:00:10 person back_door 0.9 known=false sees=person+near+knife
low       home      leaves blow over the drive all afternoon
                    14:00:00 motion driveway 0.3; 14:00:20 motion driveway 0.3; 14:00:40 motion driveway 0.3;
                    14:01:00 motion driveway 0.3; 14:01:20 motion driveway 0.3
standard  -         the freezer room grows warm at night [or=elevated,low]
                    02:00:00 temperature Freezer celsius=12
`);

export const frozenLater = readScenarios(`
critical  vacation  somebody breaks a window of the study and climbs in by day
                    11:00:00 glass_break study; 11:00:12 motion study; 11:00:40 motion hallway
low       home      the plumber, let in by the family, works in the bathroom
                    09:30:00 doorbell front_door; 09:30:30 door front_door; 09:31:00 person bathroom 0.9
elevated  night     a man sits in the shed at night, and the camera sees him for minutes [or=critical]
                    01:20:00 person garden_shed 0.9 dwellSeconds=240 sees=person+240s
low       away      somebody reads the meter at the side of the house by day [or=standard]
                    10:00:00 person side_yard 0.8 dwellSeconds=40
critical  away      carbon monoxide in an empty house
                    15:00:00 carbon_monoxide hallway
low       home      the family comes back from a walk through the garden
                    16:40:00 person backyard 0.9 sees=person*3; 16:40:30 door back_door; 16:40:45 motion kitchen
elevated  away      at three in the night somebody is seen at the basement window, which opens [or=critical]
                    03:00:00 person basement 0.8 sees=person; 03:00:20 window basement
low       away      the robot mower crosses the lawn
                    11:00:00 motion backyard 0.6 sees=nothing; 11:05:00 motion front_yard 0.6 sees=nothing
standard  night     a car comes into the drive at three, and nobody gets out [or=elevated]
                    03:00:00 vehicle driveway 0.9 sees=car
elevated  vacation  somebody is at the terrace door twice in a night [or=critical]
                    01:00:00 person Terrace_door 0.9 sees=person; 01:01:00 person Terrace_door 0.9 sees=person
low       home      a birthday: ten guests at the front door
                    15:00:00 person front_door 0.9 sees=person*10; 15:00:30 door front_door;
                    15:01:00 person living_room 0.9 sees=person*10
low       night     a resident lets the dog out
                    23:40:00 door back_door method=code; 23:40:10 motion backyard sees=dog
elevated  night     the camera at the front is torn off, and somebody is on the porch [or=critical]
                    02:15:00 tamper front_door; 02:15:30 person porch 0.8
low       away      the sprinkler sets off the garden camera at dawn
                    06:00:00 motion backyard 0.4 sees=nothing; 06:00:20 motion backyard 0.4 sees=nothing
standard  home      at noon a stranger walks about in the living room [or=elevated]
                    12:00:00 person living_room 0.9 known=false
critical  away      somebody forces the side door and walks up the stairs
                    20:00:00 forced_entry side_door; 20:00:30 person stairs 0.9 sees=person
low       home      a scooter stands in the street for hours
                    14:00:00 vehicle street 0.7 dwellSeconds=7200
elevated  away      several people come over the fence at night [or=critical]
                    00:30:00 motion North_fence sees=person*3; 00:30:15 person backyard 0.9 sees=person*3+near
low       home      after midnight a taxi brings a resident home [or=standard]
                    00:20:00 vehicle driveway 0.9; 00:20:30 person front_door 0.9 known=true;
                    00:20:40 door front_door method=key
critical  home      the smoke alarm of the neighbours' flat is heard, and then one's own
                    02:00:00 audio hallway sound=smoke_alarm; 02:00:30 smoke hallway
`);
