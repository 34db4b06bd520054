package main

const usage = `Casebinder keeps orders, disputes, feedback and replies, and binds evidence.

  casebinder [--desk DIR]                      opens the window
  casebinder [--desk DIR] import [--shop NAME] [--platform P] [--preset NAME] [--encoding E] FILE...
  casebinder [--desk DIR] presets              the forms of files that import knows
  casebinder [--desk DIR] orders [--search TEXT] [--limit N]
  casebinder [--desk DIR] buyers [--search TEXT] [--kind KIND] [--limit N]
  casebinder [--desk DIR] carriers [--by carrier|country|month] [--since MONTH]
  casebinder [--desk DIR] report [--kind money,wins,answers,hours,lessons,replies] [--from DAY] [--to DAY]
                                 [--shop NAME] [--currency C] [--language L]
                                 [--out FILE.xlsx|FILE.csv|FILE.pdf]
  casebinder [--desk DIR] rate set [--day DAY] [--sure] CURRENCY TARGET VALUE
  casebinder [--desk DIR] rate list            what one unit of a currency is worth in another, and from when on
  casebinder [--desk DIR] tracking export --form amazon|ebay|paypal|plain --out FILE [--day DAY] [NUMBER...]
  casebinder [--desk DIR] dispute open --order NUMBER --reason REASON [--amount 12.50]
                                       [--opened TIME] [--due TIME|DAY] [--case NUMBER] [--pack ID]
                                       [--claim TEXT] [--translation TEXT] [--translator WHO]
  casebinder [--desk DIR] dispute event --dispute ID --kind KIND [--at TIME] [--note TEXT]
                                        [--by WHO] [--amount 12.50] [--due TIME|DAY]
                                        [--outcome OUTCOME] [--liable WHO]
  casebinder [--desk DIR] dispute ruling --dispute ID [--outcome OUTCOME] [--liable WHO]
  casebinder [--desk DIR] dispute show --dispute ID
  casebinder [--desk DIR] today
  casebinder [--desk DIR] due [--moments]      answers, promises, complaints and notices that are due to buyers
  casebinder [--desk DIR] notice skip --order NUMBER --notice NOTICE [--back]
  casebinder [--desk DIR] message no-answer --message ID [--back]
  casebinder [--desk DIR] notice [--take] [--sure] FILE...
  casebinder [--desk DIR] notice learn FILE.toml...
  casebinder [--desk DIR] message add --order NUMBER --text TEXT [--from buyer|seller|platform]
                                      [--at TIME] [--channel C] [--language L] [--translation TEXT]
  casebinder [--desk DIR] reply draft --order NUMBER [--template ID] [--language L]
                                      [--wording short|warm] [--set NAME=VALUE]
  casebinder [--desk DIR] template list        the templates, and the languages in which they stand
  casebinder [--desk DIR] template export [--out FILE] [ID...]
  casebinder [--desk DIR] template import [--take] FILE.toml...
  casebinder [--desk DIR] reply check --order NUMBER [--language L] FILE|-
  casebinder [--desk DIR] message paste [--order NUMBER] [--zone ZONE] [--mine NAME] [--take] FILE|-
  casebinder [--desk DIR] message list --order NUMBER
  casebinder [--desk DIR] order ship --order NUMBER [--tracking T] [--carrier C] [--at TIME] [NUMBER...]
  casebinder [--desk DIR] order deliver --order NUMBER [--at TIME] [NUMBER...]
  casebinder [--desk DIR] order refund --order NUMBER [--amount AMOUNT] [--currency C] [--at TIME]
  casebinder [--desk DIR] order return --order NUMBER [--step asked|sent|received] [--tracking T] [--at TIME]
  casebinder [--desk DIR] order resend --order NUMBER [--tracking T] [--carrier C] [--at TIME]
  casebinder [--desk DIR] order address --order NUMBER --street S [--city C] [--postcode P] [--country XX] [--name N]
  casebinder [--desk DIR] order cancel --order NUMBER [--by buyer|seller|platform] [--reason R] [--note TEXT] [NUMBER...]
  casebinder [--desk DIR] order confirm-receipt --order NUMBER [--how buyer|timeout] [--at TIME] [NUMBER...]
  casebinder [--desk DIR] order margin --order NUMBER [--goods SUM] [--postage SUM] [--fees SUM]   what the order left after its costs
  casebinder [--desk DIR] shipment add --order NUMBER --tracking T [--carrier C] [--shipped TIME] [--kind resend|return]
  casebinder [--desk DIR] shipment scan --order NUMBER --tracking T --at TIME --text TEXT [--place P]
  casebinder [--desk DIR] shipment paste [--order NUMBER] [--zone ZONE] [--take] FILE|-
  casebinder [--desk DIR] product list|check [SKU...]          what was sold, and what stands against its listings
  casebinder [--desk DIR] product cost [--day DAY] [SKU [SUM]]  what a unit costs; "import --as costs" takes a list
  casebinder [--desk DIR] product snapshot --product SKU FILE  keeps how the listing looked; "product paper --kind ce --until DAY" keeps a certificate
  casebinder payways [COUNTRY]                   how buyers of a country pay, and what that means for disputes
  casebinder [--desk DIR] supplier list | supplier set [--warranty DAYS] [--defects WHO] [--returns WHO] [--contact C] [--notes TEXT] NAME
  casebinder [--desk DIR] supplier claims [--order NUMBER] [--language L] [--take]   faulty goods that a supplier still answers for
  casebinder [--desk DIR] health [--shop NAME] [--metric ID] [--at TIME] [--list] [--rows FILE]   the numbers by which platforms judge the account
  casebinder [--desk DIR] risk [--order NUMBER] [--limit N]   what stands against shipping an order
  casebinder [--desk DIR] feedback [--search TEXT] [--class C] [--state S] [--cause C] [--since DAY] [--given] [--no-order] [--limit N]
  casebinder [--desk DIR] feedback add --order NUMBER|--platform P --shop NAME --stars 1..5 [--text TEXT] [--at TIME] [--given]
  casebinder [--desk DIR] feedback paste [--shop S] [--given] [--take] FILE|-   ratings of a page that was copied as text
  casebinder [--desk DIR] feedback set --did DEED [--at TIME] [--text TEXT] [--stars N] [--ground G] [--outcome O] [--cause C] [--sure] ID
  casebinder [--desk DIR] feedback proof [--note TEXT] ID FILE...   keeps pictures and proofs with a feedback
  casebinder [--desk DIR] feedback bundle --out DIR [--ground G] ID  binds a complaint about it
  casebinder [--desk DIR] feedback summary [--shop NAME]
  casebinder [--desk DIR] evidence add --dispute ID [--kind KIND] [--captured TIME]
                                       [--note TEXT] FILE...
  casebinder [--desk DIR] found [--take]         what waits in watched folders, and whose it seems to be
  casebinder [--desk DIR] found watch [--present] FOLDER
  casebinder [--desk DIR] label [--take] FILE... the codes on the labels in pictures, and their orders
  casebinder [--desk DIR] statement --dispute ID [--language L] [--keep]
  casebinder [--desk DIR] bundle --dispute ID --out DIR [--language en|zh-CN|zh-TW]
                                 [--read-first en|zh-CN|zh-TW] [--profile P] [--mask name,phone,...] [--time-stamp]
  casebinder [--desk DIR] paper --kind parcel-list|hand-over|thank-you --size a4|a6|100x150 --out FILE.pdf
                                --order NUMBER... | --day DAY [--language L] [--also L] [--prices] [--address]
                                [--four] [--leaflet FILE] [--keep] [--sure]
  casebinder [--desk DIR] profiles
  casebinder [--desk DIR] rebuild --bundle ID --out DIR
  casebinder [--desk DIR] sent --bundle ID [--at TIME] [--note TEXT]
  casebinder verify [--signer SHA256:...] PATH   a bag, zipped or not
  casebinder [--desk DIR] backup --out DIR [--without-damaged]
  casebinder restore --desk DIR FILE
  casebinder [--desk DIR] check [--read-data] [BUNDLE|BACKUP...]
  casebinder [--desk DIR] repair --out DIR       a new desk of what can be read
  casebinder [--desk DIR] key
  casebinder [--desk DIR] key export --out FILE [--passphrase-file FILE]
  casebinder [--desk DIR] key import [--passphrase-file FILE] FILE
  casebinder [--desk DIR] sample [--language en|zh-CN|zh-TW]   fills an empty desk with invented data
  casebinder version

--json prints one object instead of words. COMMAND --help tells more of a command.
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with rows or files left out, doubts, or a grave alarm of the desk.
`
