-- Chartlake in Snowflake, 5 of 5: views of newest values and of history, as ./chartlake query has them.
USE ROLE chartlake_loader;
USE WAREHOUSE chartlake_wh;
USE SCHEMA chartlake.public;
CREATE OR REPLACE VIEW markets AS
-- One row per market.
SELECT
    CAST(market AS VARCHAR) AS market,
    CAST(market_name AS VARCHAR) AS market_name,
    CAST(other_names AS VARCHAR) AS other_names
FROM (
    VALUES
    ('GLOBAL', 'Global', 'Worldwide, World'),
    ('AD', 'Andorra', NULL),
    ('AE', 'United Arab Emirates', 'UAE, Emirates'),
    ('AF', 'Afghanistan', NULL),
    ('AG', 'Antigua and Barbuda', NULL),
    ('AI', 'Anguilla', NULL),
    ('AL', 'Albania', NULL),
    ('AM', 'Armenia', NULL),
    ('AO', 'Angola', NULL),
    ('AQ', 'Antarctica', NULL),
    ('AR', 'Argentina', NULL),
    ('AS', 'American Samoa', 'Samoa (American)'),
    ('AT', 'Austria', NULL),
    ('AU', 'Australia', NULL),
    ('AW', 'Aruba', NULL),
    ('AX', 'Åland Islands', NULL),
    ('AZ', 'Azerbaijan', NULL),
    ('BA', 'Bosnia and Herzegovina', NULL),
    ('BB', 'Barbados', NULL),
    ('BD', 'Bangladesh', NULL),
    ('BE', 'Belgium', NULL),
    ('BF', 'Burkina Faso', NULL),
    ('BG', 'Bulgaria', NULL),
    ('BH', 'Bahrain', NULL),
    ('BI', 'Burundi', NULL),
    ('BJ', 'Benin', NULL),
    ('BL', 'Saint Barthélemy', 'St Barthelemy'),
    ('BM', 'Bermuda', NULL),
    ('BN', 'Brunei', 'Brunei Darussalam'),
    ('BO', 'Bolivia', 'Plurinational State of Bolivia'),
    ('BQ', 'Caribbean Netherlands', 'Caribbean NL'),
    ('BR', 'Brazil', NULL),
    ('BS', 'Bahamas', NULL),
    ('BT', 'Bhutan', NULL),
    ('BV', 'Bouvet Island', NULL),
    ('BW', 'Botswana', NULL),
    ('BY', 'Belarus', NULL),
    ('BZ', 'Belize', NULL),
    ('CA', 'Canada', NULL),
    ('CC', 'Cocos Islands', 'Cocos (Keeling) Islands'),
    ('CD', 'DR Congo', 'Congo (Dem. Rep.), Congo - Kinshasa, Democratic Republic of the Congo'),
    ('CF', 'Central African Republic', 'Central African Rep.'),
    ('CG', 'Congo', 'Congo (Rep.), Congo - Brazzaville'),
    ('CH', 'Switzerland', NULL),
    ('CI', 'Ivory Coast', 'Côte d''Ivoire'),
    ('CK', 'Cook Islands', NULL),
    ('CL', 'Chile', NULL),
    ('CM', 'Cameroon', NULL),
    ('CN', 'China', NULL),
    ('CO', 'Colombia', NULL),
    ('CR', 'Costa Rica', NULL),
    ('CU', 'Cuba', NULL),
    ('CV', 'Cape Verde', 'Cabo Verde'),
    ('CW', 'Curaçao', NULL),
    ('CX', 'Christmas Island', NULL),
    ('CY', 'Cyprus', NULL),
    ('CZ', 'Czech Republic', 'Czechia'),
    ('DE', 'Germany', NULL),
    ('DJ', 'Djibouti', NULL),
    ('DK', 'Denmark', NULL),
    ('DM', 'Dominica', NULL),
    ('DO', 'Dominican Republic', 'Dominican Rep.'),
    ('DZ', 'Algeria', NULL),
    ('EC', 'Ecuador', NULL),
    ('EE', 'Estonia', NULL),
    ('EG', 'Egypt', NULL),
    ('EH', 'Western Sahara', NULL),
    ('ER', 'Eritrea', NULL),
    ('ES', 'Spain', NULL),
    ('ET', 'Ethiopia', NULL),
    ('FI', 'Finland', NULL),
    ('FJ', 'Fiji', NULL),
    ('FK', 'Falkland Islands', NULL),
    ('FM', 'Micronesia', NULL),
    ('FO', 'Faroe Islands', NULL),
    ('FR', 'France', NULL),
    ('GA', 'Gabon', NULL),
    ('GB', 'United Kingdom', 'Britain (UK), UK, Great Britain, Britain'),
    ('GD', 'Grenada', NULL),
    ('GE', 'Georgia', NULL),
    ('GF', 'French Guiana', NULL),
    ('GG', 'Guernsey', NULL),
    ('GH', 'Ghana', NULL),
    ('GI', 'Gibraltar', NULL),
    ('GL', 'Greenland', NULL),
    ('GM', 'Gambia', NULL),
    ('GN', 'Guinea', NULL),
    ('GP', 'Guadeloupe', NULL),
    ('GQ', 'Equatorial Guinea', NULL),
    ('GR', 'Greece', NULL),
    ('GS', 'South Georgia and the South Sandwich Islands', 'South Georgia and South Sandwich Islands'),
    ('GT', 'Guatemala', NULL),
    ('GU', 'Guam', NULL),
    ('GW', 'Guinea-Bissau', NULL),
    ('GY', 'Guyana', NULL),
    ('HK', 'Hong Kong', 'Hong Kong SAR China, Hong Kong SAR'),
    ('HM', 'Heard Island and McDonald Islands', 'Heard and McDonald Islands'),
    ('HN', 'Honduras', NULL),
    ('HR', 'Croatia', NULL),
    ('HT', 'Haiti', NULL),
    ('HU', 'Hungary', NULL),
    ('ID', 'Indonesia', NULL),
    ('IE', 'Ireland', 'Republic of Ireland'),
    ('IL', 'Israel', NULL),
    ('IM', 'Isle of Man', NULL),
    ('IN', 'India', NULL),
    ('IO', 'British Indian Ocean Territory', NULL),
    ('IQ', 'Iraq', NULL),
    ('IR', 'Iran', 'Islamic Republic of Iran'),
    ('IS', 'Iceland', NULL),
    ('IT', 'Italy', NULL),
    ('JE', 'Jersey', NULL),
    ('JM', 'Jamaica', NULL),
    ('JO', 'Jordan', NULL),
    ('JP', 'Japan', NULL),
    ('KE', 'Kenya', NULL),
    ('KG', 'Kyrgyzstan', NULL),
    ('KH', 'Cambodia', NULL),
    ('KI', 'Kiribati', NULL),
    ('KM', 'Comoros', NULL),
    ('KN', 'Saint Kitts and Nevis', 'St Kitts and Nevis'),
    ('KP', 'North Korea', 'Korea (North), Democratic People''s Republic of Korea'),
    ('KR', 'South Korea', 'Korea (South), Korea, Republic of Korea'),
    ('KW', 'Kuwait', NULL),
    ('KY', 'Cayman Islands', NULL),
    ('KZ', 'Kazakhstan', NULL),
    ('LA', 'Laos', 'Lao People''s Democratic Republic'),
    ('LB', 'Lebanon', NULL),
    ('LC', 'Saint Lucia', 'St Lucia'),
    ('LI', 'Liechtenstein', NULL),
    ('LK', 'Sri Lanka', NULL),
    ('LR', 'Liberia', NULL),
    ('LS', 'Lesotho', NULL),
    ('LT', 'Lithuania', NULL),
    ('LU', 'Luxembourg', NULL),
    ('LV', 'Latvia', NULL),
    ('LY', 'Libya', NULL),
    ('MA', 'Morocco', NULL),
    ('MC', 'Monaco', NULL),
    ('MD', 'Moldova', 'Republic of Moldova'),
    ('ME', 'Montenegro', NULL),
    ('MF', 'Saint Martin', 'St Martin (French), Saint Martin (French), St. Martin'),
    ('MG', 'Madagascar', NULL),
    ('MH', 'Marshall Islands', NULL),
    ('MK', 'North Macedonia', 'Macedonia'),
    ('ML', 'Mali', NULL),
    ('MM', 'Myanmar', 'Myanmar (Burma), Burma'),
    ('MN', 'Mongolia', NULL),
    ('MO', 'Macao', 'Macau, Macao SAR China'),
    ('MP', 'Northern Mariana Islands', NULL),
    ('MQ', 'Martinique', NULL),
    ('MR', 'Mauritania', NULL),
    ('MS', 'Montserrat', NULL),
    ('MT', 'Malta', NULL),
    ('MU', 'Mauritius', NULL),
    ('MV', 'Maldives', NULL),
    ('MW', 'Malawi', NULL),
    ('MX', 'Mexico', NULL),
    ('MY', 'Malaysia', NULL),
    ('MZ', 'Mozambique', NULL),
    ('NA', 'Namibia', NULL),
    ('NC', 'New Caledonia', NULL),
    ('NE', 'Niger', NULL),
    ('NF', 'Norfolk Island', NULL),
    ('NG', 'Nigeria', NULL),
    ('NI', 'Nicaragua', NULL),
    ('NL', 'Netherlands', 'The Netherlands, Holland'),
    ('NO', 'Norway', NULL),
    ('NP', 'Nepal', NULL),
    ('NR', 'Nauru', NULL),
    ('NU', 'Niue', NULL),
    ('NZ', 'New Zealand', NULL),
    ('OM', 'Oman', NULL),
    ('PA', 'Panama', NULL),
    ('PE', 'Peru', NULL),
    ('PF', 'French Polynesia', NULL),
    ('PG', 'Papua New Guinea', NULL),
    ('PH', 'Philippines', NULL),
    ('PK', 'Pakistan', NULL),
    ('PL', 'Poland', NULL),
    ('PM', 'Saint Pierre and Miquelon', 'St Pierre and Miquelon'),
    ('PN', 'Pitcairn', 'Pitcairn Islands'),
    ('PR', 'Puerto Rico', NULL),
    ('PS', 'Palestine', 'Palestinian Territories, Palestinian Territory'),
    ('PT', 'Portugal', NULL),
    ('PW', 'Palau', NULL),
    ('PY', 'Paraguay', NULL),
    ('QA', 'Qatar', NULL),
    ('RE', 'Réunion', NULL),
    ('RO', 'Romania', NULL),
    ('RS', 'Serbia', NULL),
    ('RU', 'Russia', 'Russian Federation'),
    ('RW', 'Rwanda', NULL),
    ('SA', 'Saudi Arabia', NULL),
    ('SB', 'Solomon Islands', NULL),
    ('SC', 'Seychelles', NULL),
    ('SD', 'Sudan', NULL),
    ('SE', 'Sweden', NULL),
    ('SG', 'Singapore', NULL),
    ('SH', 'Saint Helena', 'St Helena'),
    ('SI', 'Slovenia', NULL),
    ('SJ', 'Svalbard and Jan Mayen', NULL),
    ('SK', 'Slovakia', NULL),
    ('SL', 'Sierra Leone', NULL),
    ('SM', 'San Marino', NULL),
    ('SN', 'Senegal', NULL),
    ('SO', 'Somalia', NULL),
    ('SR', 'Suriname', NULL),
    ('SS', 'South Sudan', NULL),
    ('ST', 'Sao Tome and Principe', NULL),
    ('SV', 'El Salvador', NULL),
    ('SX', 'Sint Maarten', 'St Maarten (Dutch), Saint Maarten (Dutch)'),
    ('SY', 'Syria', 'Syrian Arab Republic'),
    ('SZ', 'Eswatini', 'Eswatini (Swaziland), Swaziland'),
    ('TC', 'Turks and Caicos Islands', 'Turks and Caicos Is'),
    ('TD', 'Chad', NULL),
    ('TF', 'French Southern Territories', 'French S. Terr.'),
    ('TG', 'Togo', NULL),
    ('TH', 'Thailand', NULL),
    ('TJ', 'Tajikistan', NULL),
    ('TK', 'Tokelau', NULL),
    ('TL', 'Timor-Leste', 'East Timor'),
    ('TM', 'Turkmenistan', NULL),
    ('TN', 'Tunisia', NULL),
    ('TO', 'Tonga', NULL),
    ('TR', 'Turkey', 'Türkiye'),
    ('TT', 'Trinidad and Tobago', NULL),
    ('TV', 'Tuvalu', NULL),
    ('TW', 'Taiwan', 'Chinese Taipei'),
    ('TZ', 'Tanzania', 'United Republic of Tanzania'),
    ('UA', 'Ukraine', NULL),
    ('UG', 'Uganda', NULL),
    ('UM', 'US Outlying Islands', 'US minor outlying islands'),
    ('US', 'United States', 'USA, United States of America, America'),
    ('UY', 'Uruguay', NULL),
    ('UZ', 'Uzbekistan', NULL),
    ('VA', 'Vatican City', 'Holy See'),
    ('VC', 'Saint Vincent and the Grenadines', 'St Vincent, Saint Vincent, St. Vincent and Grenadines, Saint Vincent and Grenadines'),
    ('VE', 'Venezuela', 'Bolivarian Republic of Venezuela'),
    ('VG', 'British Virgin Islands', 'Virgin Islands (UK)'),
    ('VI', 'US Virgin Islands', 'Virgin Islands (US)'),
    ('VN', 'Vietnam', NULL),
    ('VU', 'Vanuatu', NULL),
    ('WF', 'Wallis and Futuna', NULL),
    ('WS', 'Samoa', 'Samoa (western)'),
    ('XK', 'Kosovo', NULL),
    ('YE', 'Yemen', NULL),
    ('YT', 'Mayotte', NULL),
    ('ZA', 'South Africa', NULL),
    ('ZM', 'Zambia', NULL),
    ('ZW', 'Zimbabwe', NULL)
) AS known (market, market_name, other_names);
CREATE OR REPLACE VIEW known_lists AS
-- One row per list that Chartlake or the configuration knows by its id, whether it is in the lake or not.
SELECT
    CAST(playlist_id AS VARCHAR) AS playlist_id,
    CAST(given_name AS VARCHAR) AS given_name,
    CAST(usual_name AS VARCHAR) AS usual_name,
    CAST(aliases AS VARCHAR) AS aliases,
    CAST(market AS VARCHAR) AS market,
    CAST(period AS VARCHAR) AS period,
    CAST(list_group AS VARCHAR) AS list_group
FROM (
    VALUES
    ('37i9dQZEVXbM4UZuIrvHvA', NULL, 'Top 50 - United Arab Emirates', NULL, 'AE', 'daily', NULL),
    ('37i9dQZEVXbMMy2roB9myp', NULL, 'Top 50 - Argentina', NULL, 'AR', 'daily', NULL),
    ('37i9dQZEVXbKNHh6NIXu36', NULL, 'Top 50 - Austria', NULL, 'AT', 'daily', NULL),
    ('37i9dQZEVXbJPcfkRz0wJ0', NULL, 'Top 50 - Australia', NULL, 'AU', 'daily', NULL),
    ('37i9dQZEVXbJNSeeHswcKB', NULL, 'Top 50 - Belgium', NULL, 'BE', 'daily', NULL),
    ('37i9dQZEVXbNfM2w2mq1B8', NULL, 'Top 50 - Bulgaria', NULL, 'BG', 'daily', NULL),
    ('37i9dQZEVXbJqfMFK4d691', NULL, 'Top 50 - Bolivia', NULL, 'BO', 'daily', NULL),
    ('37i9dQZEVXbMXbN3EUUhlg', NULL, 'Top 50 - Brazil', NULL, 'BR', 'daily', NULL),
    ('37i9dQZEVXbKj23U1GF4IR', NULL, 'Top 50 - Canada', NULL, 'CA', 'daily', NULL),
    ('37i9dQZEVXbJiyhoAPEfMK', NULL, 'Top 50 - Switzerland', NULL, 'CH', 'daily', NULL),
    ('37i9dQZEVXbL0GavIqMTeb', NULL, 'Top 50 - Chile', NULL, 'CL', 'daily', NULL),
    ('37i9dQZEVXbOa2lmxNORXQ', NULL, 'Top 50 - Colombia', NULL, 'CO', 'daily', NULL),
    ('37i9dQZEVXbMZAjGMynsQX', NULL, 'Top 50 - Costa Rica', NULL, 'CR', 'daily', NULL),
    ('37i9dQZEVXbIP3c3fqVrJY', NULL, 'Top 50 - Czech Republic', NULL, 'CZ', 'daily', NULL),
    ('37i9dQZEVXbJiZcmkrIHGU', NULL, 'Top 50 - Germany', NULL, 'DE', 'daily', NULL),
    ('37i9dQZEVXbL3J0k32lWnN', NULL, 'Top 50 - Denmark', NULL, 'DK', 'daily', NULL),
    ('37i9dQZEVXbKAbrMR8uuf7', NULL, 'Top 50 - Dominican Republic', NULL, 'DO', 'daily', NULL),
    ('37i9dQZEVXbJlM6nvL1nD1', NULL, 'Top 50 - Ecuador', NULL, 'EC', 'daily', NULL),
    ('37i9dQZEVXbLesry2Qw2xS', NULL, 'Top 50 - Estonia', NULL, 'EE', 'daily', NULL),
    ('37i9dQZEVXbLn7RQmT5Xv2', NULL, 'Top 50 - Egypt', NULL, 'EG', 'daily', NULL),
    ('37i9dQZEVXbNFJfN1Vw8d9', NULL, 'Top 50 - Spain', NULL, 'ES', 'daily', NULL),
    ('37i9dQZEVXbMxcczTSoGwZ', NULL, 'Top 50 - Finland', NULL, 'FI', 'daily', NULL),
    ('37i9dQZEVXbIPWwFssbupI', NULL, 'Top 50 - France', NULL, 'FR', 'daily', NULL),
    ('37i9dQZEVXbLnolsZ8PSNw', NULL, 'Top 50 - United Kingdom', NULL, 'GB', 'daily', NULL),
    ('37i9dQZEVXbMDoHDwVN2tF', NULL, 'Top 50 - Global', NULL, 'GLOBAL', 'daily', NULL),
    ('37i9dQZEVXbJqdarpmTJDL', NULL, 'Top 50 - Greece', NULL, 'GR', 'daily', NULL),
    ('37i9dQZEVXbLy5tBFyQvd4', NULL, 'Top 50 - Guatemala', NULL, 'GT', 'daily', NULL),
    ('37i9dQZEVXbLwpL8TjsxOG', NULL, 'Top 50 - Hong Kong', NULL, 'HK', 'daily', NULL),
    ('37i9dQZEVXbJp9wcIM9Eo5', NULL, 'Top 50 - Honduras', NULL, 'HN', 'daily', NULL),
    ('37i9dQZEVXbNHwMxAkvmF8', NULL, 'Top 50 - Hungary', NULL, 'HU', 'daily', NULL),
    ('37i9dQZEVXbObFQZ3JLcXt', NULL, 'Top 50 - Indonesia', NULL, 'ID', 'daily', NULL),
    ('37i9dQZEVXbKM896FDX8L1', NULL, 'Top 50 - Ireland', NULL, 'IE', 'daily', NULL),
    ('37i9dQZEVXbJ6IpvItkve3', NULL, 'Top 50 - Israel', NULL, 'IL', 'daily', NULL),
    ('37i9dQZEVXbLZ52XmnySJg', NULL, 'Top 50 - India', NULL, 'IN', 'daily', NULL),
    ('37i9dQZEVXbKMzVsSGQ49S', NULL, 'Top 50 - Iceland', NULL, 'IS', 'daily', NULL),
    ('37i9dQZEVXbIQnj7RRhdSX', NULL, 'Top 50 - Italy', NULL, 'IT', 'daily', NULL),
    ('37i9dQZEVXbKXQ4mDTEBXq', NULL, 'Top 50 - Japan', NULL, 'JP', 'daily', NULL),
    ('37i9dQZEVXbNxXF4SkHj9F', NULL, 'Top 50 - South Korea', NULL, 'KR', 'daily', NULL),
    ('37i9dQZEVXbMx56Rdq5lwc', NULL, 'Top 50 - Lithuania', NULL, 'LT', 'daily', NULL),
    ('37i9dQZEVXbKGcyg6TFGx6', NULL, 'Top 50 - Luxembourg', NULL, 'LU', 'daily', NULL),
    ('37i9dQZEVXbJWuzDrTxbKS', NULL, 'Top 50 - Latvia', NULL, 'LV', 'daily', NULL),
    ('37i9dQZEVXbJU9eQpX8gPT', NULL, 'Top 50 - Morocco', NULL, 'MA', 'daily', NULL),
    ('37i9dQZEVXbO3qyFxbkOE1', NULL, 'Top 50 - Mexico', NULL, 'MX', 'daily', NULL),
    ('37i9dQZEVXbJlfUljuZExa', NULL, 'Top 50 - Malaysia', NULL, 'MY', 'daily', NULL),
    ('37i9dQZEVXbISk8kxnzfCq', NULL, 'Top 50 - Nicaragua', NULL, 'NI', 'daily', NULL),
    ('37i9dQZEVXbKCF6dqVpDkS', NULL, 'Top 50 - Netherlands', NULL, 'NL', 'daily', NULL),
    ('37i9dQZEVXbJvfa0Yxg7E7', NULL, 'Top 50 - Norway', NULL, 'NO', 'daily', NULL),
    ('37i9dQZEVXbM8SIrkERIYl', NULL, 'Top 50 - New Zealand', NULL, 'NZ', 'daily', NULL),
    ('37i9dQZEVXbKypXHVwk1f0', NULL, 'Top 50 - Panama', NULL, 'PA', 'daily', NULL),
    ('37i9dQZEVXbJfdy5b0KP7W', NULL, 'Top 50 - Peru', NULL, 'PE', 'daily', NULL),
    ('37i9dQZEVXbNBz9cRCSFkY', NULL, 'Top 50 - Philippines', NULL, 'PH', 'daily', NULL),
    ('37i9dQZEVXbN6itCcaL3Tt', NULL, 'Top 50 - Poland', NULL, 'PL', 'daily', NULL),
    ('37i9dQZEVXbKyJS56d1pgi', NULL, 'Top 50 - Portugal', NULL, 'PT', 'daily', NULL),
    ('37i9dQZEVXbNOUPGj7tW6T', NULL, 'Top 50 - Paraguay', NULL, 'PY', 'daily', NULL),
    ('37i9dQZEVXbNZbJ6TZelCq', NULL, 'Top 50 - Romania', NULL, 'RO', 'daily', NULL),
    ('37i9dQZEVXbL8l7ra5vVdB', NULL, 'Top 50 - Russia', NULL, 'RU', 'daily', NULL),
    ('37i9dQZEVXbLrQBcXqUtaC', NULL, 'Top 50 - Saudi Arabia', NULL, 'SA', 'daily', NULL),
    ('37i9dQZEVXbLoATJ81JYXz', NULL, 'Top 50 - Sweden', NULL, 'SE', 'daily', NULL),
    ('37i9dQZEVXbK4gjvS1FjPY', NULL, 'Top 50 - Singapore', NULL, 'SG', 'daily', NULL),
    ('37i9dQZEVXbKIVTPX9a2Sb', NULL, 'Top 50 - Slovakia', NULL, 'SK', 'daily', NULL),
    ('37i9dQZEVXbLxoIml4MYkT', NULL, 'Top 50 - El Salvador', NULL, 'SV', 'daily', NULL),
    ('37i9dQZEVXbMnz8KIWsvf9', NULL, 'Top 50 - Thailand', NULL, 'TH', 'daily', NULL),
    ('37i9dQZEVXbIVYVBNw9D5K', NULL, 'Top 50 - Turkey', NULL, 'TR', 'daily', NULL),
    ('37i9dQZEVXbMnZEatlMSiu', NULL, 'Top 50 - Taiwan', NULL, 'TW', 'daily', NULL),
    ('37i9dQZEVXbKkidEfWYRuD', NULL, 'Top 50 - Ukraine', NULL, 'UA', 'daily', NULL),
    ('37i9dQZEVXbLRQDuF5jeBp', NULL, 'Top 50 - United States', NULL, 'US', 'daily', NULL),
    ('37i9dQZEVXbMJJi3wgRbAy', NULL, 'Top 50 - Uruguay', NULL, 'UY', 'daily', NULL),
    ('37i9dQZEVXbLdGSmz6xilI', NULL, 'Top 50 - Vietnam', NULL, 'VN', 'daily', NULL),
    ('37i9dQZEVXbMH2jvi6jvjk', NULL, 'Top 50 - South Africa', NULL, 'ZA', 'daily', NULL),
    ('37i9dQZEVXbIZQf3WEYSut', NULL, 'Top Songs - United Arab Emirates', NULL, 'AE', 'weekly', NULL),
    ('37i9dQZEVXbKPTKrnFPD0G', NULL, 'Top Songs - Argentina', NULL, 'AR', 'weekly', NULL),
    ('37i9dQZEVXbM1EaZ0igDlz', NULL, 'Top Songs - Austria', NULL, 'AT', 'weekly', NULL),
    ('37i9dQZEVXbK4fwx2r07XW', NULL, 'Top Songs - Australia', NULL, 'AU', 'weekly', NULL),
    ('37i9dQZEVXbND4ZYa46PaA', NULL, 'Top Songs - Belgium', NULL, 'BE', 'weekly', NULL),
    ('37i9dQZEVXbKzoK95AbRy9', NULL, 'Top Songs - Brazil', NULL, 'BR', 'weekly', NULL),
    ('37i9dQZEVXbMda2apknTqH', NULL, 'Top Songs - Canada', NULL, 'CA', 'weekly', NULL),
    ('37i9dQZEVXbKx6qX9uN66j', NULL, 'Top Songs - Switzerland', NULL, 'CH', 'weekly', NULL),
    ('37i9dQZEVXbLJ0paT1JkgZ', NULL, 'Top Songs - Chile', NULL, 'CL', 'weekly', NULL),
    ('37i9dQZEVXbL1Fl8vdBUba', NULL, 'Top Songs - Colombia', NULL, 'CO', 'weekly', NULL),
    ('37i9dQZEVXbLKI6MPixefZ', NULL, 'Top Songs - Czech Republic', NULL, 'CZ', 'weekly', NULL),
    ('37i9dQZEVXbK8BKKMArIyl', NULL, 'Top Songs - Germany', NULL, 'DE', 'weekly', NULL),
    ('37i9dQZEVXbMw2iUtFR5Eq', NULL, 'Top Songs - Denmark', NULL, 'DK', 'weekly', NULL),
    ('37i9dQZEVXbMPoK06pe7d6', NULL, 'Top Songs - Dominican Republic', NULL, 'DO', 'weekly', NULL),
    ('37i9dQZEVXbJPVQvqZqpcM', NULL, 'Top Songs - Ecuador', NULL, 'EC', 'weekly', NULL),
    ('37i9dQZEVXbMy2EcFg5F9m', NULL, 'Top Songs - Egypt', NULL, 'EG', 'weekly', NULL),
    ('37i9dQZEVXbJwoKy8qKpHG', NULL, 'Top Songs - Spain', NULL, 'ES', 'weekly', NULL),
    ('37i9dQZEVXbJQ9kF73GOT2', NULL, 'Top Songs - Finland', NULL, 'FI', 'weekly', NULL),
    ('37i9dQZEVXbMwmF30ppw50', NULL, 'Top Songs - United Kingdom', NULL, 'GB', 'weekly', NULL),
    ('37i9dQZEVXbNG2KDcFcKOF', NULL, 'Top Songs - Global', NULL, 'GLOBAL', 'weekly', NULL),
    ('37i9dQZEVXbJHSzlHx2ZJU', NULL, 'Top Songs - Guatemala', NULL, 'GT', 'weekly', NULL),
    ('37i9dQZEVXbMdvweCgpBAe', NULL, 'Top Songs - Hong Kong', NULL, 'HK', 'weekly', NULL),
    ('37i9dQZEVXbMYsavqzfk6k', NULL, 'Top Songs - Hungary', NULL, 'HU', 'weekly', NULL),
    ('37i9dQZEVXbIZK8aUquyx8', NULL, 'Top Songs - Indonesia', NULL, 'ID', 'weekly', NULL),
    ('37i9dQZEVXbJIvhIOxXxdp', NULL, 'Top Songs - Ireland', NULL, 'IE', 'weekly', NULL),
    ('37i9dQZEVXbJ5J1TrbkAF9', NULL, 'Top Songs - Israel', NULL, 'IL', 'weekly', NULL),
    ('37i9dQZEVXbMWDif5SCBJq', NULL, 'Top Songs - India', NULL, 'IN', 'weekly', NULL),
    ('37i9dQZEVXbJUPkgaWZcWG', NULL, 'Top Songs - Italy', NULL, 'IT', 'weekly', NULL),
    ('37i9dQZEVXbKqiTGXuCOsB', NULL, 'Top Songs - Japan', NULL, 'JP', 'weekly', NULL),
    ('37i9dQZEVXbJZGli0rRP3r', NULL, 'Top Songs - South Korea', NULL, 'KR', 'weekly', NULL),
    ('37i9dQZEVXbNM8vS9cIqAG', NULL, 'Top Songs - Morocco', NULL, 'MA', 'weekly', NULL),
    ('37i9dQZEVXbKUoIkUXteF6', NULL, 'Top Songs - Mexico', NULL, 'MX', 'weekly', NULL),
    ('37i9dQZEVXbKcS4rq3mEhp', NULL, 'Top Songs - Malaysia', NULL, 'MY', 'weekly', NULL),
    ('37i9dQZEVXbK4BFAukDzj3', NULL, 'Top Songs - Netherlands', NULL, 'NL', 'weekly', NULL),
    ('37i9dQZEVXbLWYFZ5CkSvr', NULL, 'Top Songs - Norway', NULL, 'NO', 'weekly', NULL),
    ('37i9dQZEVXbIWlLQoMVEFp', NULL, 'Top Songs - New Zealand', NULL, 'NZ', 'weekly', NULL),
    ('37i9dQZEVXbNSiWnkYnziz', NULL, 'Top Songs - Panama', NULL, 'PA', 'weekly', NULL),
    ('37i9dQZEVXbMGcjiWgg253', NULL, 'Top Songs - Peru', NULL, 'PE', 'weekly', NULL),
    ('37i9dQZEVXbJVKdmjH0pON', NULL, 'Top Songs - Philippines', NULL, 'PH', 'weekly', NULL),
    ('37i9dQZEVXbMZ5PAcNTDXd', NULL, 'Top Songs - Poland', NULL, 'PL', 'weekly', NULL),
    ('37i9dQZEVXbMeCoUmQDLUW', NULL, 'Top Songs - Romania', NULL, 'RO', 'weekly', NULL),
    ('37i9dQZEVXbNALwC1jxb5m', NULL, 'Top Songs - Russia', NULL, 'RU', 'weekly', NULL),
    ('37i9dQZEVXbO839WGRmpu1', NULL, 'Top Songs - Saudi Arabia', NULL, 'SA', 'weekly', NULL),
    ('37i9dQZEVXbKVvfnL1Us06', NULL, 'Top Songs - Sweden', NULL, 'SE', 'weekly', NULL),
    ('37i9dQZEVXbN66FupT0MuX', NULL, 'Top Songs - Singapore', NULL, 'SG', 'weekly', NULL),
    ('37i9dQZEVXbMwW10JmAnzE', NULL, 'Top Songs - Slovakia', NULL, 'SK', 'weekly', NULL),
    ('37i9dQZEVXbJ7qiJCES5cj', NULL, 'Top Songs - Thailand', NULL, 'TH', 'weekly', NULL),
    ('37i9dQZEVXbJARRcHjHcAr', NULL, 'Top Songs - Turkey', NULL, 'TR', 'weekly', NULL),
    ('37i9dQZEVXbMVY2FDHm6NN', NULL, 'Top Songs - Taiwan', NULL, 'TW', 'weekly', NULL),
    ('37i9dQZEVXbNcoJZ65xktI', NULL, 'Top Songs - Ukraine', NULL, 'UA', 'weekly', NULL),
    ('37i9dQZEVXbLp5XoPON0wI', NULL, 'Top Songs - United States', NULL, 'US', 'weekly', NULL),
    ('37i9dQZEVXbKZyn1mKjmIl', NULL, 'Top Songs - Vietnam', NULL, 'VN', 'weekly', NULL),
    ('37i9dQZEVXbJV3H3OfCN1z', NULL, 'Top Songs - South Africa', NULL, 'ZA', 'weekly', NULL)
) AS known (playlist_id, given_name, usual_name, aliases, market, period, list_group);
CREATE OR REPLACE VIEW songs AS
-- One row per song: each field's newest known value, and when the song was last seen.
SELECT
    max(snapshot_date) AS last_seen_on,
    song_id,
    max_by(observed_at, snapshot_date) AS observed_at,
    max_by(song_name, CASE WHEN song_name IS NOT NULL THEN snapshot_date END) AS song_name,
    max_by(duration_ms, CASE WHEN duration_ms IS NOT NULL THEN snapshot_date END) AS duration_ms,
    max_by(url, CASE WHEN url IS NOT NULL THEN snapshot_date END) AS url,
    max_by(popularity, CASE WHEN popularity IS NOT NULL THEN snapshot_date END) AS popularity,
    max_by(explicit, CASE WHEN explicit IS NOT NULL THEN snapshot_date END) AS explicit,
    max_by(isrc, CASE WHEN isrc IS NOT NULL THEN snapshot_date END) AS isrc,
    max_by(disc_number, CASE WHEN disc_number IS NOT NULL THEN snapshot_date END) AS disc_number,
    max_by(track_number, CASE WHEN track_number IS NOT NULL THEN snapshot_date END) AS track_number,
    max_by(album_id, CASE WHEN album_id IS NOT NULL THEN snapshot_date END) AS album_id,
    max_by(artist_id, CASE WHEN artist_id IS NOT NULL THEN snapshot_date END) AS artist_id,
    max_by(artist_names, CASE WHEN artist_names IS NOT NULL THEN snapshot_date END) AS artist_names
FROM song_days
GROUP BY song_id;
CREATE OR REPLACE VIEW albums AS
-- One row per album: each field's newest known value, and when the album was last seen.
SELECT
    max(snapshot_date) AS last_seen_on,
    album_id,
    max_by(observed_at, snapshot_date) AS observed_at,
    max_by(name, CASE WHEN name IS NOT NULL THEN snapshot_date END) AS name,
    max_by(album_type, CASE WHEN album_type IS NOT NULL THEN snapshot_date END) AS album_type,
    max_by(release_date, CASE WHEN release_date IS NOT NULL THEN snapshot_date END) AS release_date,
    max_by(release_date_text, CASE WHEN release_date_text IS NOT NULL THEN snapshot_date END) AS release_date_text,
    max_by(release_date_precision, CASE WHEN release_date_precision IS NOT NULL THEN snapshot_date END) AS release_date_precision,
    max_by(total_tracks, CASE WHEN total_tracks IS NOT NULL THEN snapshot_date END) AS total_tracks,
    max_by(url, CASE WHEN url IS NOT NULL THEN snapshot_date END) AS url,
    max_by(image_url, CASE WHEN image_url IS NOT NULL THEN snapshot_date END) AS image_url
FROM album_days
GROUP BY album_id;
CREATE OR REPLACE VIEW artists AS
-- One row per artist: each field's newest known value, and when the artist was last seen.
SELECT
    max(snapshot_date) AS last_seen_on,
    artist_id,
    max_by(observed_at, snapshot_date) AS observed_at,
    max_by(artist_name, CASE WHEN artist_name IS NOT NULL THEN snapshot_date END) AS artist_name,
    max_by(url, CASE WHEN url IS NOT NULL THEN snapshot_date END) AS url
FROM artist_days
GROUP BY artist_id;
CREATE OR REPLACE VIEW artist_songs AS
-- One row per song and artist, from the newest day that lists the song's artists: never a mix of two days' lists.
-- url is the song's, artist_url the artist's.
SELECT
    listed.snapshot_date AS last_seen_on,
    listed.song_id,
    songs.song_name,
    listed.artist_order,
    listed.artist_id,
    artists.artist_name,
    artists.url AS artist_url,
    songs.album_id,
    songs.duration_ms,
    songs.popularity,
    songs.explicit,
    songs.isrc,
    songs.url
FROM song_artists AS listed
JOIN (SELECT song_id, max(snapshot_date) AS snapshot_date FROM song_artists GROUP BY song_id) AS newest
    ON newest.song_id = listed.song_id AND newest.snapshot_date = listed.snapshot_date
LEFT JOIN songs ON songs.song_id = listed.song_id
LEFT JOIN artists ON artists.artist_id = listed.artist_id;
CREATE OR REPLACE VIEW recordings AS
-- One row per song id, with the id of the recording it is. Ids are one recording when their ISRC is equal; or when title
-- and first artist are, their lengths are at most 3 seconds apart, and not one is marked explicit and the other clean.
-- What is unknown contradicts nothing, but never joins two that contradict each other. recording_id is the id that was
-- seen first, so that it stays when a re-issue comes; of ids seen first on one day, the smallest.
WITH known AS (
    SELECT
        song_id,
        CAST(min(snapshot_date) AS VARCHAR) || song_id AS label,
        max_by(song_name, CASE WHEN song_name IS NOT NULL THEN snapshot_date END) AS song_name,
        max_by(artist_names, CASE WHEN artist_names IS NOT NULL THEN snapshot_date END) AS artist_names,
        max_by(artist_id, CASE WHEN artist_id IS NOT NULL THEN snapshot_date END) AS artist_id,
        max_by(isrc, CASE WHEN isrc IS NOT NULL THEN snapshot_date END) AS isrc,
        max_by(duration_ms, CASE WHEN duration_ms > 0 THEN snapshot_date END) AS duration_ms,
        max_by(
            CASE WHEN explicit THEN 1 ELSE 0 END,
            CASE WHEN explicit IS NOT NULL THEN snapshot_date END
        ) AS rating
    FROM song_days
    GROUP BY song_id
),

-- Chart files have no artist ids; where the same credit always means the same first artist, it is that one.
credits AS (
    SELECT
        lower(trim(artist_names)) AS credit,
        min(artist_id) AS artist_id
    FROM known
    WHERE artist_id IS NOT NULL
    GROUP BY lower(trim(artist_names))
    HAVING min(artist_id) = max(artist_id)
),

codes AS (
    SELECT
        known.*,
        lower(trim(known.song_name)) AS title,
        lower(trim(known.artist_names)) AS credit,
        upper(replace(replace(known.isrc, '-', ''), ' ', '')) AS code,
        credits.artist_id AS credited_id
    FROM known
    LEFT JOIN credits ON known.artist_id IS NULL AND credits.credit = lower(trim(known.artist_names))
),

-- What is not known, or says nothing, gets a key of its own: it matches nothing.
keys AS (
    SELECT
        codes.*,
        CASE
            WHEN length(code) = 12 AND substr(code, 1, 1) BETWEEN 'A' AND 'Z' THEN code
            ELSE 'id ' || song_id
        END AS isrc_key,
        CASE
            WHEN title IS NULL OR title IN ('', 'intro', 'outro', 'interlude', 'skit', 'prelude', 'untitled')
                THEN 'id ' || song_id
            ELSE coalesce(artist_id, credited_id, 'name ' || nullif(credit, ''), 'id ' || song_id)
        END AS artist_key
    FROM codes
),

rated AS (
    SELECT
        keys.*,
        CASE
            WHEN rating IS NOT NULL THEN rating
            WHEN min(rating) OVER (PARTITION BY title, artist_key) = max(rating) OVER (PARTITION BY title, artist_key)
                THEN min(rating) OVER (PARTITION BY title, artist_key)
            ELSE 2
        END AS rating_key
    FROM keys
),

gaps AS (
    SELECT
        rated.*,
        CASE
            WHEN duration_ms - lag(duration_ms) OVER (
                PARTITION BY title, artist_key, rating_key ORDER BY duration_ms NULLS LAST
            ) > 3000 THEN 1
            ELSE 0
        END AS gap
    FROM rated
),

lengths AS (
    SELECT
        gaps.*,
        CASE
            WHEN duration_ms IS NULL AND max(gap) OVER (PARTITION BY title, artist_key, rating_key) > 0 THEN -1
            ELSE sum(gap) OVER (
                PARTITION BY title, artist_key, rating_key
                ORDER BY duration_ms NULLS LAST
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            )
        END AS length_key
    FROM gaps
),

-- The first label goes from id to id, by ISRC and by title in turn: three times each, which is as far as it goes.
isrc_1 AS (
    SELECT lengths.*, min(label) OVER (PARTITION BY isrc_key) AS label_1 FROM lengths
),

title_1 AS (
    SELECT isrc_1.*, min(label_1) OVER (PARTITION BY title, artist_key, rating_key, length_key) AS label_2 FROM isrc_1
),

isrc_2 AS (
    SELECT title_1.*, min(label_2) OVER (PARTITION BY isrc_key) AS label_3 FROM title_1
),

title_2 AS (
    SELECT isrc_2.*, min(label_3) OVER (PARTITION BY title, artist_key, rating_key, length_key) AS label_4 FROM isrc_2
),

isrc_3 AS (
    SELECT title_2.*, min(label_4) OVER (PARTITION BY isrc_key) AS label_5 FROM title_2
),

title_3 AS (
    SELECT isrc_3.*, min(label_5) OVER (PARTITION BY title, artist_key, rating_key, length_key) AS label_6 FROM isrc_3
)

SELECT
    song_id,
    substr(label_6, 11) AS recording_id,
    song_name,
    artist_names,
    isrc,
    duration_ms,
    CASE
        WHEN count(*) OVER (PARTITION BY isrc_key) > 1 THEN 'isrc'
        WHEN count(*) OVER (PARTITION BY label_6) > 1 THEN 'title'
        ELSE 'none'
    END AS matched_by
FROM title_3;
CREATE OR REPLACE VIEW playlist_entries_by_recording AS
-- playlist_entries, with the recording of each song.
SELECT
    playlist_entries.*,
    coalesce(recordings.recording_id, playlist_entries.song_id) AS recording_id
FROM playlist_entries
LEFT JOIN recordings ON recordings.song_id = playlist_entries.song_id;
CREATE OR REPLACE VIEW song_days_by_recording AS
-- song_days, with the recording of each song.
SELECT
    song_days.*,
    coalesce(recordings.recording_id, song_days.song_id) AS recording_id
FROM song_days
LEFT JOIN recordings ON recordings.song_id = song_days.song_id;
CREATE OR REPLACE VIEW excluded_snapshots AS
-- One row per list and day that the configuration leaves out of history.
SELECT
    CAST(NULL AS VARCHAR) AS playlist_id,
    CAST(NULL AS DATE) AS snapshot_date
WHERE 1 = 0;
CREATE OR REPLACE VIEW list_snapshots AS
-- One row per list and day with a snapshot: the day's last one that is complete, which is the one that counts; if none is
-- complete, the last one. Those that the configuration excludes are left out. A list is called as the configuration says, else
-- as its newest snapshot with a name does, else as Spotify calls it.
SELECT
    snapshots.snapshot_date,
    snapshots.source,
    snapshots.playlist_id,
    coalesce(
        known_lists.given_name,
        snapshots.name,
        known_lists.usual_name,
        CASE snapshots.period WHEN 'weekly' THEN 'Weekly ' WHEN 'daily' THEN 'Daily ' END
        || CASE snapshots.chart WHEN 'regional' THEN 'Top Songs - ' WHEN 'viral' THEN 'Viral Songs - ' END
        || markets.market_name
    ) AS playlist_name,
    coalesce(known_lists.market, markets.market) AS market,
    coalesce(known_lists.period, snapshots.period) AS period,
    known_lists.list_group,
    snapshots.observed_at,
    snapshots.snapshot_number,
    snapshots.previous_snapshot_date,
    snapshots.next_snapshot_date,
    snapshots.complete,
    snapshots.complete_so_far,
    snapshots.next_complete_date
FROM (
    SELECT
        snapshot_date,
        source,
        playlist_id,
        first_value(name) OVER (
            PARTITION BY playlist_id, source
            ORDER BY CASE WHEN name IS NULL THEN 1 ELSE 0 END, snapshot_date DESC
        ) AS name,
        CASE WHEN source = 'spotify-charts' THEN split_part(playlist_id, '-', 1) END AS chart,
        CASE WHEN source = 'spotify-charts' THEN upper(split_part(playlist_id, '-', 2)) END AS region,
        CASE
            WHEN source <> 'spotify-charts' THEN NULL
            WHEN playlist_id LIKE '%-daily' THEN 'daily'
            WHEN playlist_id LIKE '%-weekly' THEN 'weekly'
        END AS period,
        observed_at,
        row_number() OVER (PARTITION BY playlist_id, source ORDER BY snapshot_date) AS snapshot_number,
        lag(snapshot_date) OVER (PARTITION BY playlist_id, source ORDER BY snapshot_date) AS previous_snapshot_date,
        lead(snapshot_date) OVER (PARTITION BY playlist_id, source ORDER BY snapshot_date) AS next_snapshot_date,
        complete = 1 AS complete,
        CAST(sum(complete) OVER (PARTITION BY playlist_id, source ORDER BY snapshot_date) AS BIGINT) AS complete_so_far,
        min(CASE WHEN complete = 1 THEN snapshot_date END) OVER (
            PARTITION BY playlist_id, source
            ORDER BY snapshot_date
            ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
        ) AS next_complete_date
    FROM (
        SELECT
            playlists.snapshot_date,
            playlists.source,
            playlists.playlist_id,
            coalesce(max(CASE WHEN coalesce(complete, true) THEN observed_at END), max(observed_at)) AS observed_at,
            max_by(name, CASE WHEN trim(name) <> '' THEN observed_at END) AS name,
            max(CASE WHEN coalesce(complete, true) THEN 1 ELSE 0 END) AS complete
        FROM playlists
        LEFT JOIN excluded_snapshots AS excluded
            ON excluded.playlist_id = playlists.playlist_id
            AND excluded.snapshot_date = playlists.snapshot_date
        WHERE excluded.playlist_id IS NULL
        GROUP BY playlists.source, playlists.playlist_id, playlists.snapshot_date
    ) AS days
) AS snapshots
LEFT JOIN known_lists ON known_lists.playlist_id = snapshots.playlist_id
LEFT JOIN markets ON markets.market = snapshots.region;
CREATE OR REPLACE VIEW lists AS
-- One row per list.
SELECT
    source,
    playlist_id,
    max(playlist_name) AS playlist_name,
    max(market) AS market,
    max(period) AS period,
    max(list_group) AS list_group,
    min(snapshot_date) AS first_snapshot,
    max(snapshot_date) AS last_snapshot,
    count(*) AS snapshots
FROM list_snapshots
GROUP BY source, playlist_id;
CREATE OR REPLACE VIEW chart_entries AS
-- One row per list, day and song_id: the songs of the snapshot that counts, each at its best position. Engines differ in
-- whether min_by passes over a null: so a number that is not known is -1 meanwhile.
SELECT
    entries.snapshot_date,
    entries.source,
    entries.playlist_id,
    list_snapshots.playlist_name,
    list_snapshots.market,
    list_snapshots.period,
    
    entries.song_id,
    entries.song_name,
    entries.artist_names,
    entries.position,
    entries.streams,
    entries.reported_peak,
    entries.reported_previous,
    entries.reported_periods,
    list_snapshots.snapshot_number,
    list_snapshots.previous_snapshot_date,
    list_snapshots.next_snapshot_date,
    list_snapshots.complete,
    list_snapshots.complete_so_far,
    list_snapshots.next_complete_date
FROM (
    SELECT
        snapshot_date,
        source,
        playlist_id,
        observed_at,
        
        song_id,
        min(position) AS position,
        min_by(song_name, position) AS song_name,
        min_by(artist_names, position) AS artist_names,
        nullif(min_by(coalesce(streams, -1), position), -1) AS streams,
        nullif(min_by(coalesce(reported_peak, -1), position), -1) AS reported_peak,
        nullif(min_by(coalesce(reported_previous, -1), position), -1) AS reported_previous,
        nullif(min_by(coalesce(reported_periods, -1), position), -1) AS reported_periods
    FROM playlist_entries
    WHERE song_id IS NOT NULL
    GROUP BY source, playlist_id, snapshot_date, observed_at, song_id
) AS entries
JOIN list_snapshots
    ON list_snapshots.source = entries.source
    AND list_snapshots.playlist_id = entries.playlist_id
    AND list_snapshots.snapshot_date = entries.snapshot_date
    AND list_snapshots.observed_at = entries.observed_at;
CREATE OR REPLACE VIEW chart_entries_by_recording AS
-- One row per list, day and recording_id: the songs of the snapshot that counts, each at its best position. Engines differ in
-- whether min_by passes over a null: so a number that is not known is -1 meanwhile.
SELECT
    entries.snapshot_date,
    entries.source,
    entries.playlist_id,
    list_snapshots.playlist_name,
    list_snapshots.market,
    list_snapshots.period,
    recording_id,
    entries.song_id,
    entries.song_name,
    entries.artist_names,
    entries.position,
    entries.streams,
    entries.reported_peak,
    entries.reported_previous,
    entries.reported_periods,
    list_snapshots.snapshot_number,
    list_snapshots.previous_snapshot_date,
    list_snapshots.next_snapshot_date,
    list_snapshots.complete,
    list_snapshots.complete_so_far,
    list_snapshots.next_complete_date
FROM (
    SELECT
        snapshot_date,
        source,
        playlist_id,
        observed_at,
        recording_id,
        min_by(song_id, position) AS song_id,
        min(position) AS position,
        min_by(song_name, position) AS song_name,
        min_by(artist_names, position) AS artist_names,
        nullif(min_by(coalesce(streams, -1), position), -1) AS streams,
        nullif(min_by(coalesce(reported_peak, -1), position), -1) AS reported_peak,
        nullif(min_by(coalesce(reported_previous, -1), position), -1) AS reported_previous,
        nullif(min_by(coalesce(reported_periods, -1), position), -1) AS reported_periods
    FROM playlist_entries_by_recording
    WHERE song_id IS NOT NULL
    GROUP BY source, playlist_id, snapshot_date, observed_at, recording_id
) AS entries
JOIN list_snapshots
    ON list_snapshots.source = entries.source
    AND list_snapshots.playlist_id = entries.playlist_id
    AND list_snapshots.snapshot_date = entries.snapshot_date
    AND list_snapshots.observed_at = entries.observed_at;
CREATE OR REPLACE VIEW chart_history AS
-- One row per list, day and song_id: where it stands, where it stood before, and its history so far. Where our snapshots do
-- not go back far enough, the numbers are those that the chart reports; the columns seen_… are from our snapshots alone.
-- An incomplete snapshot that does not have it says nothing: only a complete one in between is a break.
SELECT
    snapshot_date,
    source,
    playlist_id,
    playlist_name,
    market,
    period,
    
    song_id,
    song_name,
    artist_names,
    position,
    previous_position,
    previous_position - position AS change,
    CASE
        WHEN position < previous_position THEN 'up'
        WHEN position > previous_position THEN 'down'
        WHEN position = previous_position THEN 'same'
        WHEN last_complete IS NOT NULL
            OR reported_periods > 1
            OR reported_previous IS NOT NULL
            OR reported_peak < position
            THEN 're-entry'
        WHEN previous_snapshot_date IS NULL AND reported_periods IS NULL THEN 'first'
        ELSE 'new'
    END AS status,
    CASE WHEN best_reported < seen_peak THEN best_reported ELSE seen_peak END AS peak,
    CASE WHEN best_reported < seen_peak THEN CAST(NULL AS DATE) ELSE seen_peak_date END AS peak_date,
    seen_periods + greatest(missing_periods, 0) AS periods,
    seen_periods + 1 - run_start AS streak,
    first_seen,
    streams,
    reported_peak,
    reported_previous,
    reported_periods,
    snapshot_number,
    previous_snapshot_date,
    next_snapshot_date,
    complete,
    complete_so_far,
    next_complete_date,
    seen_peak,
    seen_previous,
    seen_periods,
    coalesce(best_reported < seen_peak, false) AS peak_from_report,
    previous_from_report,
    missing_periods > 0 AS periods_from_report
FROM (
    SELECT
        known.*,
        CASE WHEN previous_from_report THEN reported_previous ELSE seen_previous END AS previous_position,
        max(CASE WHEN peak_before IS NULL OR position < peak_before THEN snapshot_date END) OVER (
            PARTITION BY song_id, playlist_id, source
            ORDER BY snapshot_number
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS seen_peak_date,
        max(coalesce(reported_periods, 0) - seen_periods) OVER (
            PARTITION BY song_id, playlist_id, source
            ORDER BY snapshot_number
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS missing_periods,
        max(
            CASE
                WHEN seen_previous IS NULL OR (previous_from_report AND reported_previous IS NULL) THEN seen_periods
            END
        ) OVER (
            PARTITION BY song_id, playlist_id, source
            ORDER BY snapshot_number
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS run_start
    FROM (
        SELECT
            so_far.*,
            CASE WHEN position < peak_before THEN position ELSE coalesce(peak_before, position) END AS seen_peak,
            CASE
                WHEN last_complete = complete_so_far - CASE WHEN complete THEN 1 ELSE 0 END THEN last_position
            END AS seen_previous,
            -- A chart means its period before. Only a snapshot of ours that is one period older can say the same. Dates
            -- differ by a number in some engines and by an interval in others; two differences compare in all.
            (reported_previous IS NOT NULL OR reported_periods IS NOT NULL) AND coalesce(
                previous_snapshot_date IS NULL OR snapshot_date - previous_snapshot_date <> CASE
                    WHEN playlist_id LIKE '%-weekly' THEN DATE '2000-01-08' - DATE '2000-01-01'
                    WHEN playlist_id LIKE '%-daily' THEN DATE '2000-01-02' - DATE '2000-01-01'
                END,
                false
            ) AS previous_from_report
        FROM (
            SELECT
                entries.*,
                lag(complete_so_far) OVER (
                    PARTITION BY song_id, playlist_id, source ORDER BY snapshot_number
                ) AS last_complete,
                lag(position) OVER (PARTITION BY song_id, playlist_id, source ORDER BY snapshot_number) AS last_position,
                min(position) OVER (
                    PARTITION BY song_id, playlist_id, source
                    ORDER BY snapshot_number
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                ) AS peak_before,
                min(reported_peak) OVER (
                    PARTITION BY song_id, playlist_id, source
                    ORDER BY snapshot_number
                    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
                ) AS best_reported,
                row_number() OVER (
                    PARTITION BY song_id, playlist_id, source ORDER BY snapshot_number
                ) AS seen_periods,
                first_value(snapshot_date) OVER (
                    PARTITION BY song_id, playlist_id, source ORDER BY snapshot_number
                ) AS first_seen
            FROM chart_entries AS entries
        ) AS so_far
    ) AS known
) AS told;
CREATE OR REPLACE VIEW chart_history_by_recording AS
-- One row per list, day and recording_id: where it stands, where it stood before, and its history so far. Where our snapshots do
-- not go back far enough, the numbers are those that the chart reports; the columns seen_… are from our snapshots alone.
-- An incomplete snapshot that does not have it says nothing: only a complete one in between is a break.
SELECT
    snapshot_date,
    source,
    playlist_id,
    playlist_name,
    market,
    period,
    recording_id,
    song_id,
    song_name,
    artist_names,
    position,
    previous_position,
    previous_position - position AS change,
    CASE
        WHEN position < previous_position THEN 'up'
        WHEN position > previous_position THEN 'down'
        WHEN position = previous_position THEN 'same'
        WHEN last_complete IS NOT NULL
            OR reported_periods > 1
            OR reported_previous IS NOT NULL
            OR reported_peak < position
            THEN 're-entry'
        WHEN previous_snapshot_date IS NULL AND reported_periods IS NULL THEN 'first'
        ELSE 'new'
    END AS status,
    CASE WHEN best_reported < seen_peak THEN best_reported ELSE seen_peak END AS peak,
    CASE WHEN best_reported < seen_peak THEN CAST(NULL AS DATE) ELSE seen_peak_date END AS peak_date,
    seen_periods + greatest(missing_periods, 0) AS periods,
    seen_periods + 1 - run_start AS streak,
    first_seen,
    streams,
    reported_peak,
    reported_previous,
    reported_periods,
    snapshot_number,
    previous_snapshot_date,
    next_snapshot_date,
    complete,
    complete_so_far,
    next_complete_date,
    seen_peak,
    seen_previous,
    seen_periods,
    coalesce(best_reported < seen_peak, false) AS peak_from_report,
    previous_from_report,
    missing_periods > 0 AS periods_from_report
FROM (
    SELECT
        known.*,
        CASE WHEN previous_from_report THEN reported_previous ELSE seen_previous END AS previous_position,
        max(CASE WHEN peak_before IS NULL OR position < peak_before THEN snapshot_date END) OVER (
            PARTITION BY recording_id, playlist_id, source
            ORDER BY snapshot_number
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS seen_peak_date,
        max(coalesce(reported_periods, 0) - seen_periods) OVER (
            PARTITION BY recording_id, playlist_id, source
            ORDER BY snapshot_number
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS missing_periods,
        max(
            CASE
                WHEN seen_previous IS NULL OR (previous_from_report AND reported_previous IS NULL) THEN seen_periods
            END
        ) OVER (
            PARTITION BY recording_id, playlist_id, source
            ORDER BY snapshot_number
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS run_start
    FROM (
        SELECT
            so_far.*,
            CASE WHEN position < peak_before THEN position ELSE coalesce(peak_before, position) END AS seen_peak,
            CASE
                WHEN last_complete = complete_so_far - CASE WHEN complete THEN 1 ELSE 0 END THEN last_position
            END AS seen_previous,
            -- A chart means its period before. Only a snapshot of ours that is one period older can say the same. Dates
            -- differ by a number in some engines and by an interval in others; two differences compare in all.
            (reported_previous IS NOT NULL OR reported_periods IS NOT NULL) AND coalesce(
                previous_snapshot_date IS NULL OR snapshot_date - previous_snapshot_date <> CASE
                    WHEN playlist_id LIKE '%-weekly' THEN DATE '2000-01-08' - DATE '2000-01-01'
                    WHEN playlist_id LIKE '%-daily' THEN DATE '2000-01-02' - DATE '2000-01-01'
                END,
                false
            ) AS previous_from_report
        FROM (
            SELECT
                entries.*,
                lag(complete_so_far) OVER (
                    PARTITION BY recording_id, playlist_id, source ORDER BY snapshot_number
                ) AS last_complete,
                lag(position) OVER (PARTITION BY recording_id, playlist_id, source ORDER BY snapshot_number) AS last_position,
                min(position) OVER (
                    PARTITION BY recording_id, playlist_id, source
                    ORDER BY snapshot_number
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                ) AS peak_before,
                min(reported_peak) OVER (
                    PARTITION BY recording_id, playlist_id, source
                    ORDER BY snapshot_number
                    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
                ) AS best_reported,
                row_number() OVER (
                    PARTITION BY recording_id, playlist_id, source ORDER BY snapshot_number
                ) AS seen_periods,
                first_value(snapshot_date) OVER (
                    PARTITION BY recording_id, playlist_id, source ORDER BY snapshot_number
                ) AS first_seen
            FROM chart_entries_by_recording AS entries
        ) AS so_far
    ) AS known
) AS told;
CREATE OR REPLACE VIEW chart_exits AS
-- One row per list, song_id and complete snapshot that it is no longer in, although it was on the list before.
SELECT
    next_complete_date AS snapshot_date,
    source,
    playlist_id,
    playlist_name,
    market,
    period,
    
    song_id,
    song_name,
    artist_names,
    snapshot_date AS last_seen,
    position AS last_position,
    peak,
    peak_date,
    periods,
    streak,
    first_seen,
    peak_from_report,
    periods_from_report
FROM (
    SELECT
        history.*,
        lead(snapshot_date) OVER (PARTITION BY song_id, playlist_id, source ORDER BY snapshot_number) AS next_seen
    FROM chart_history AS history
) AS appearances
WHERE next_seen IS NULL AND next_complete_date IS NOT NULL OR next_seen > next_complete_date;
CREATE OR REPLACE VIEW chart_exits_by_recording AS
-- One row per list, recording_id and complete snapshot that it is no longer in, although it was on the list before.
SELECT
    next_complete_date AS snapshot_date,
    source,
    playlist_id,
    playlist_name,
    market,
    period,
    recording_id,
    song_id,
    song_name,
    artist_names,
    snapshot_date AS last_seen,
    position AS last_position,
    peak,
    peak_date,
    periods,
    streak,
    first_seen,
    peak_from_report,
    periods_from_report
FROM (
    SELECT
        history.*,
        lead(snapshot_date) OVER (PARTITION BY recording_id, playlist_id, source ORDER BY snapshot_number) AS next_seen
    FROM chart_history_by_recording AS history
) AS appearances
WHERE next_seen IS NULL AND next_complete_date IS NOT NULL OR next_seen > next_complete_date;
CREATE OR REPLACE VIEW chart_turnover AS
-- One row per list and snapshot, also one without songs: how many came, went, climbed, fell and stayed where they were.
SELECT
    snapshot_date,
    source,
    playlist_id,
    playlist_name,
    market,
    period,
    entries,
    new,
    re_entries,
    up,
    down,
    same,
    CASE
        WHEN complete THEN lag(present, 1, 0) OVER (PARTITION BY playlist_id, source ORDER BY snapshot_date) - stayed
        ELSE 0
    END AS exits,
    CAST(new + re_entries AS DOUBLE) / nullif(new + re_entries + up + down + same, 0) AS turnover,
    previous_snapshot_date
FROM (
    SELECT
        snapshots.*,
        -- On the list as far as is known: the songs of the last complete snapshot, and those that came since.
        CAST(sum(CASE WHEN complete THEN entries ELSE entries - stayed END) OVER (
            PARTITION BY playlist_id, source, complete_so_far ORDER BY snapshot_date
        ) AS BIGINT) AS present
    FROM (
        SELECT
            list_snapshots.snapshot_date,
            list_snapshots.source,
            list_snapshots.playlist_id,
            list_snapshots.playlist_name,
            list_snapshots.market,
            list_snapshots.period,
            list_snapshots.previous_snapshot_date,
            list_snapshots.complete,
            list_snapshots.complete_so_far,
            coalesce(counts.entries, 0) AS entries,
            coalesce(counts.stayed, 0) AS stayed,
            coalesce(counts.new, 0) AS new,
            coalesce(counts.re_entries, 0) AS re_entries,
            coalesce(counts.up, 0) AS up,
            coalesce(counts.down, 0) AS down,
            coalesce(counts.same, 0) AS same
        FROM list_snapshots
        LEFT JOIN (
            SELECT
                snapshot_date,
                source,
                playlist_id,
                count(*) AS entries,
                count(seen_previous) AS stayed,
                count(CASE WHEN status = 'new' THEN 1 END) AS new,
                count(CASE WHEN status = 're-entry' THEN 1 END) AS re_entries,
                count(CASE WHEN status = 'up' THEN 1 END) AS up,
                count(CASE WHEN status = 'down' THEN 1 END) AS down,
                count(CASE WHEN status = 'same' THEN 1 END) AS same
            FROM chart_history
            GROUP BY source, playlist_id, snapshot_date
        ) AS counts
            ON counts.source = list_snapshots.source
            AND counts.playlist_id = list_snapshots.playlist_id
            AND counts.snapshot_date = list_snapshots.snapshot_date
    ) AS snapshots
) AS counted;
CREATE OR REPLACE VIEW chart_turnover_by_recording AS
-- One row per list and snapshot, also one without songs: how many came, went, climbed, fell and stayed where they were.
SELECT
    snapshot_date,
    source,
    playlist_id,
    playlist_name,
    market,
    period,
    entries,
    new,
    re_entries,
    up,
    down,
    same,
    CASE
        WHEN complete THEN lag(present, 1, 0) OVER (PARTITION BY playlist_id, source ORDER BY snapshot_date) - stayed
        ELSE 0
    END AS exits,
    CAST(new + re_entries AS DOUBLE) / nullif(new + re_entries + up + down + same, 0) AS turnover,
    previous_snapshot_date
FROM (
    SELECT
        snapshots.*,
        -- On the list as far as is known: the songs of the last complete snapshot, and those that came since.
        CAST(sum(CASE WHEN complete THEN entries ELSE entries - stayed END) OVER (
            PARTITION BY playlist_id, source, complete_so_far ORDER BY snapshot_date
        ) AS BIGINT) AS present
    FROM (
        SELECT
            list_snapshots.snapshot_date,
            list_snapshots.source,
            list_snapshots.playlist_id,
            list_snapshots.playlist_name,
            list_snapshots.market,
            list_snapshots.period,
            list_snapshots.previous_snapshot_date,
            list_snapshots.complete,
            list_snapshots.complete_so_far,
            coalesce(counts.entries, 0) AS entries,
            coalesce(counts.stayed, 0) AS stayed,
            coalesce(counts.new, 0) AS new,
            coalesce(counts.re_entries, 0) AS re_entries,
            coalesce(counts.up, 0) AS up,
            coalesce(counts.down, 0) AS down,
            coalesce(counts.same, 0) AS same
        FROM list_snapshots
        LEFT JOIN (
            SELECT
                snapshot_date,
                source,
                playlist_id,
                count(*) AS entries,
                count(seen_previous) AS stayed,
                count(CASE WHEN status = 'new' THEN 1 END) AS new,
                count(CASE WHEN status = 're-entry' THEN 1 END) AS re_entries,
                count(CASE WHEN status = 'up' THEN 1 END) AS up,
                count(CASE WHEN status = 'down' THEN 1 END) AS down,
                count(CASE WHEN status = 'same' THEN 1 END) AS same
            FROM chart_history_by_recording
            GROUP BY source, playlist_id, snapshot_date
        ) AS counts
            ON counts.source = list_snapshots.source
            AND counts.playlist_id = list_snapshots.playlist_id
            AND counts.snapshot_date = list_snapshots.snapshot_date
    ) AS snapshots
) AS counted;
CREATE OR REPLACE VIEW chart_anomalies AS
-- One row per list and snapshot that does not fit those around it: the song_ids that only it has, and those that both the
-- snapshot before and the next one have and it lacks, are each at least 5 and a fifth of its own.
WITH moves AS (
    SELECT
        source,
        playlist_id,
        snapshot_number,
        lag(snapshot_number) OVER (PARTITION BY song_id, playlist_id, source ORDER BY snapshot_number) AS last_number,
        lead(snapshot_number) OVER (PARTITION BY song_id, playlist_id, source ORDER BY snapshot_number) AS next_number
    FROM chart_entries
),

seen AS (
    SELECT
        source,
        playlist_id,
        snapshot_number,
        count(*) AS entries,
        count(
            CASE
                WHEN coalesce(last_number, 0) < snapshot_number - 1
                    AND coalesce(next_number, snapshot_number + 2) > snapshot_number + 1
                    THEN 1
            END
        ) AS strays
    FROM moves
    GROUP BY source, playlist_id, snapshot_number
),

skipped AS (
    SELECT source, playlist_id, snapshot_number + 1 AS snapshot_number, count(*) AS missing
    FROM moves
    WHERE next_number = snapshot_number + 2
    GROUP BY source, playlist_id, snapshot_number
)

SELECT
    list_snapshots.snapshot_date,
    list_snapshots.source,
    list_snapshots.playlist_id,
    list_snapshots.playlist_name,
    list_snapshots.market,
    list_snapshots.period,
    seen.entries,
    seen.strays,
    skipped.missing,
    list_snapshots.previous_snapshot_date,
    list_snapshots.next_snapshot_date
FROM list_snapshots
JOIN seen
    ON seen.source = list_snapshots.source
    AND seen.playlist_id = list_snapshots.playlist_id
    AND seen.snapshot_number = list_snapshots.snapshot_number
JOIN skipped
    ON skipped.source = list_snapshots.source
    AND skipped.playlist_id = list_snapshots.playlist_id
    AND skipped.snapshot_number = list_snapshots.snapshot_number
WHERE list_snapshots.complete
    AND seen.strays >= 5
    AND skipped.missing >= 5
    AND seen.strays * 5 >= seen.entries
    AND skipped.missing * 5 >= seen.entries;
CREATE OR REPLACE VIEW chart_anomalies_by_recording AS
-- One row per list and snapshot that does not fit those around it: the recording_ids that only it has, and those that both the
-- snapshot before and the next one have and it lacks, are each at least 5 and a fifth of its own.
WITH moves AS (
    SELECT
        source,
        playlist_id,
        snapshot_number,
        lag(snapshot_number) OVER (PARTITION BY recording_id, playlist_id, source ORDER BY snapshot_number) AS last_number,
        lead(snapshot_number) OVER (PARTITION BY recording_id, playlist_id, source ORDER BY snapshot_number) AS next_number
    FROM chart_entries_by_recording
),

seen AS (
    SELECT
        source,
        playlist_id,
        snapshot_number,
        count(*) AS entries,
        count(
            CASE
                WHEN coalesce(last_number, 0) < snapshot_number - 1
                    AND coalesce(next_number, snapshot_number + 2) > snapshot_number + 1
                    THEN 1
            END
        ) AS strays
    FROM moves
    GROUP BY source, playlist_id, snapshot_number
),

skipped AS (
    SELECT source, playlist_id, snapshot_number + 1 AS snapshot_number, count(*) AS missing
    FROM moves
    WHERE next_number = snapshot_number + 2
    GROUP BY source, playlist_id, snapshot_number
)

SELECT
    list_snapshots.snapshot_date,
    list_snapshots.source,
    list_snapshots.playlist_id,
    list_snapshots.playlist_name,
    list_snapshots.market,
    list_snapshots.period,
    seen.entries,
    seen.strays,
    skipped.missing,
    list_snapshots.previous_snapshot_date,
    list_snapshots.next_snapshot_date
FROM list_snapshots
JOIN seen
    ON seen.source = list_snapshots.source
    AND seen.playlist_id = list_snapshots.playlist_id
    AND seen.snapshot_number = list_snapshots.snapshot_number
JOIN skipped
    ON skipped.source = list_snapshots.source
    AND skipped.playlist_id = list_snapshots.playlist_id
    AND skipped.snapshot_number = list_snapshots.snapshot_number
WHERE list_snapshots.complete
    AND seen.strays >= 5
    AND skipped.missing >= 5
    AND seen.strays * 5 >= seen.entries
    AND skipped.missing * 5 >= seen.entries;
CREATE OR REPLACE VIEW song_stats AS
-- One row per list and song_id: its whole time on the list.
SELECT
    source,
    playlist_id,
    max(playlist_name) AS playlist_name,
    max(market) AS market,
    max(period) AS period,
    
    max_by(song_id, snapshot_date) AS song_id,
    max_by(song_name, CASE WHEN song_name IS NOT NULL THEN snapshot_date END) AS song_name,
    max_by(artist_names, CASE WHEN artist_names IS NOT NULL THEN snapshot_date END) AS artist_names,
    min(snapshot_date) AS first_seen,
    max(snapshot_date) AS last_seen,
    max(periods) AS periods,
    count(CASE WHEN streak = 1 THEN 1 END) AS entries,
    min(peak) AS peak,
    CASE WHEN min(position) = min(peak) THEN max(peak_date) END AS peak_date,
    count(CASE WHEN position = 1 THEN 1 END) AS periods_at_number_one,
    max(streak) AS longest_run,
    CAST(sum(streams) AS BIGINT) AS streams,
    CAST(count(*) AS DOUBLE) / max(list_entries) AS share_of_chart,
    min(position) > min(peak) AS peak_from_report,
    max(periods) > count(*) AS periods_from_report
FROM (
    SELECT
        history.*,
        count(*) OVER (PARTITION BY playlist_id, source) AS list_entries
    FROM chart_history AS history
) AS appearances
GROUP BY source, playlist_id, song_id;
CREATE OR REPLACE VIEW song_stats_by_recording AS
-- One row per list and recording_id: its whole time on the list.
SELECT
    source,
    playlist_id,
    max(playlist_name) AS playlist_name,
    max(market) AS market,
    max(period) AS period,
    recording_id,
    max_by(song_id, snapshot_date) AS song_id,
    max_by(song_name, CASE WHEN song_name IS NOT NULL THEN snapshot_date END) AS song_name,
    max_by(artist_names, CASE WHEN artist_names IS NOT NULL THEN snapshot_date END) AS artist_names,
    min(snapshot_date) AS first_seen,
    max(snapshot_date) AS last_seen,
    max(periods) AS periods,
    count(CASE WHEN streak = 1 THEN 1 END) AS entries,
    min(peak) AS peak,
    CASE WHEN min(position) = min(peak) THEN max(peak_date) END AS peak_date,
    count(CASE WHEN position = 1 THEN 1 END) AS periods_at_number_one,
    max(streak) AS longest_run,
    CAST(sum(streams) AS BIGINT) AS streams,
    CAST(count(*) AS DOUBLE) / max(list_entries) AS share_of_chart,
    min(position) > min(peak) AS peak_from_report,
    max(periods) > count(*) AS periods_from_report
FROM (
    SELECT
        history.*,
        count(*) OVER (PARTITION BY playlist_id, source) AS list_entries
    FROM chart_history_by_recording AS history
) AS appearances
GROUP BY source, playlist_id, recording_id;
CREATE OR REPLACE VIEW artist_stats AS
-- One row per list and artist: all its songs' time on the list. Every credited artist of a song counts.
SELECT
    source,
    playlist_id,
    max(playlist_name) AS playlist_name,
    max(market) AS market,
    max(period) AS period,
    artist_id,
    max(artist_name) AS artist_name,
    count(DISTINCT song_id) AS songs,
    min(snapshot_date) AS first_seen,
    max(snapshot_date) AS last_seen,
    count(CASE WHEN last_number IS NULL OR last_number < snapshot_number THEN 1 END) AS periods,
    count(CASE WHEN run_start = seen AND (last_number IS NULL OR last_number < snapshot_number) THEN 1 END)
        AS entries,
    min(best_position) AS peak,
    min(CASE WHEN position = best_position THEN snapshot_date END) AS peak_date,
    count(CASE WHEN position = 1 THEN 1 END) AS periods_at_number_one,
    max(seen + 1 - run_start) AS longest_run,
    CAST(sum(streams) AS BIGINT) AS streams,
    count(*) AS appearances,
    CAST(count(*) AS DOUBLE) / max(list_entries) AS share_of_chart,
    min(position) > min(best_position) AS peak_from_report
FROM (
    SELECT
        rows_before.*,
        max(
            CASE
                WHEN last_complete IS NULL OR last_complete < complete_so_far - CASE WHEN complete THEN 1 ELSE 0 END
                    THEN seen
            END
        ) OVER (
            PARTITION BY artist_id, playlist_id, source
            ORDER BY snapshot_number, position
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS run_start
    FROM (
        SELECT
            entries.*,
            credits.artist_id,
            credits.artist_name,
            lag(snapshot_number) OVER (
                PARTITION BY credits.artist_id, playlist_id, source ORDER BY snapshot_number, position
            ) AS last_number,
            lag(complete_so_far) OVER (
                PARTITION BY credits.artist_id, playlist_id, source ORDER BY snapshot_number, position
            ) AS last_complete,
            dense_rank() OVER (PARTITION BY credits.artist_id, playlist_id, source ORDER BY snapshot_number) AS seen,
            min(least(position, coalesce(reported_peak, position))) OVER (
                PARTITION BY credits.artist_id, playlist_id, source
            ) AS best_position
        FROM (
            SELECT
                chart_entries.*,
                count(*) OVER (PARTITION BY playlist_id, source) AS list_entries
            FROM chart_entries
        ) AS entries
        JOIN (SELECT DISTINCT song_id, artist_id, artist_name FROM artist_songs) AS credits
            ON credits.song_id = entries.song_id
    ) AS rows_before
) AS runs
GROUP BY source, playlist_id, artist_id;
CREATE OR REPLACE VIEW artist_stats_by_recording AS
-- One row per list and artist: all its songs' time on the list. Every credited artist of a song counts.
SELECT
    source,
    playlist_id,
    max(playlist_name) AS playlist_name,
    max(market) AS market,
    max(period) AS period,
    artist_id,
    max(artist_name) AS artist_name,
    count(DISTINCT recording_id) AS songs,
    min(snapshot_date) AS first_seen,
    max(snapshot_date) AS last_seen,
    count(CASE WHEN last_number IS NULL OR last_number < snapshot_number THEN 1 END) AS periods,
    count(CASE WHEN run_start = seen AND (last_number IS NULL OR last_number < snapshot_number) THEN 1 END)
        AS entries,
    min(best_position) AS peak,
    min(CASE WHEN position = best_position THEN snapshot_date END) AS peak_date,
    count(CASE WHEN position = 1 THEN 1 END) AS periods_at_number_one,
    max(seen + 1 - run_start) AS longest_run,
    CAST(sum(streams) AS BIGINT) AS streams,
    count(*) AS appearances,
    CAST(count(*) AS DOUBLE) / max(list_entries) AS share_of_chart,
    min(position) > min(best_position) AS peak_from_report
FROM (
    SELECT
        rows_before.*,
        max(
            CASE
                WHEN last_complete IS NULL OR last_complete < complete_so_far - CASE WHEN complete THEN 1 ELSE 0 END
                    THEN seen
            END
        ) OVER (
            PARTITION BY artist_id, playlist_id, source
            ORDER BY snapshot_number, position
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS run_start
    FROM (
        SELECT
            entries.*,
            credits.artist_id,
            credits.artist_name,
            lag(snapshot_number) OVER (
                PARTITION BY credits.artist_id, playlist_id, source ORDER BY snapshot_number, position
            ) AS last_number,
            lag(complete_so_far) OVER (
                PARTITION BY credits.artist_id, playlist_id, source ORDER BY snapshot_number, position
            ) AS last_complete,
            dense_rank() OVER (PARTITION BY credits.artist_id, playlist_id, source ORDER BY snapshot_number) AS seen,
            min(least(position, coalesce(reported_peak, position))) OVER (
                PARTITION BY credits.artist_id, playlist_id, source
            ) AS best_position
        FROM (
            SELECT
                chart_entries_by_recording.*,
                count(*) OVER (PARTITION BY playlist_id, source) AS list_entries
            FROM chart_entries_by_recording
        ) AS entries
        JOIN (SELECT DISTINCT song_id, artist_id, artist_name FROM artist_songs) AS credits
            ON credits.song_id = entries.song_id
    ) AS rows_before
) AS runs
GROUP BY source, playlist_id, artist_id;
CREATE OR REPLACE VIEW album_stats AS
-- One row per list and album: all its songs' time on the list. A song counts for the album that was named last.
SELECT
    source,
    playlist_id,
    max(playlist_name) AS playlist_name,
    max(market) AS market,
    max(period) AS period,
    album_id,
    max(album_name) AS album_name,
    count(DISTINCT song_id) AS songs,
    min(snapshot_date) AS first_seen,
    max(snapshot_date) AS last_seen,
    count(CASE WHEN last_number IS NULL OR last_number < snapshot_number THEN 1 END) AS periods,
    count(CASE WHEN run_start = snapshot_number AND (last_number IS NULL OR last_number < snapshot_number) THEN 1 END)
        AS entries,
    min(best_position) AS peak,
    min(CASE WHEN position = best_position THEN snapshot_date END) AS peak_date,
    count(CASE WHEN position = 1 THEN 1 END) AS periods_at_number_one,
    max(snapshot_number + 1 - run_start) AS longest_run,
    CAST(sum(streams) AS BIGINT) AS streams,
    count(*) AS appearances,
    CAST(count(*) AS DOUBLE) / max(list_entries) AS share_of_chart,
    min(position) > min(best_position) AS peak_from_report
FROM (
    SELECT
        rows_before.*,
        max(CASE WHEN last_number IS NULL OR last_number < snapshot_number - 1 THEN snapshot_number END) OVER (
            PARTITION BY album_id, playlist_id, source
            ORDER BY snapshot_number, position
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS run_start
    FROM (
        SELECT
            entries.*,
            songs.album_id,
            albums.name AS album_name,
            lag(snapshot_number) OVER (
                PARTITION BY songs.album_id, playlist_id, source ORDER BY snapshot_number, position
            ) AS last_number,
            min(least(position, coalesce(reported_peak, position))) OVER (
                PARTITION BY songs.album_id, playlist_id, source
            ) AS best_position
        FROM (
            SELECT
                chart_entries.*,
                count(*) OVER (PARTITION BY playlist_id, source) AS list_entries
            FROM chart_entries
        ) AS entries
        JOIN songs ON songs.song_id = entries.song_id
        LEFT JOIN albums ON albums.album_id = songs.album_id
        WHERE songs.album_id IS NOT NULL
    ) AS rows_before
) AS runs
GROUP BY source, playlist_id, album_id;
CREATE OR REPLACE VIEW album_stats_by_recording AS
-- One row per list and album: all its songs' time on the list. A song counts for the album that was named last.
SELECT
    source,
    playlist_id,
    max(playlist_name) AS playlist_name,
    max(market) AS market,
    max(period) AS period,
    album_id,
    max(album_name) AS album_name,
    count(DISTINCT recording_id) AS songs,
    min(snapshot_date) AS first_seen,
    max(snapshot_date) AS last_seen,
    count(CASE WHEN last_number IS NULL OR last_number < snapshot_number THEN 1 END) AS periods,
    count(CASE WHEN run_start = snapshot_number AND (last_number IS NULL OR last_number < snapshot_number) THEN 1 END)
        AS entries,
    min(best_position) AS peak,
    min(CASE WHEN position = best_position THEN snapshot_date END) AS peak_date,
    count(CASE WHEN position = 1 THEN 1 END) AS periods_at_number_one,
    max(snapshot_number + 1 - run_start) AS longest_run,
    CAST(sum(streams) AS BIGINT) AS streams,
    count(*) AS appearances,
    CAST(count(*) AS DOUBLE) / max(list_entries) AS share_of_chart,
    min(position) > min(best_position) AS peak_from_report
FROM (
    SELECT
        rows_before.*,
        max(CASE WHEN last_number IS NULL OR last_number < snapshot_number - 1 THEN snapshot_number END) OVER (
            PARTITION BY album_id, playlist_id, source
            ORDER BY snapshot_number, position
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS run_start
    FROM (
        SELECT
            entries.*,
            songs.album_id,
            albums.name AS album_name,
            lag(snapshot_number) OVER (
                PARTITION BY songs.album_id, playlist_id, source ORDER BY snapshot_number, position
            ) AS last_number,
            min(least(position, coalesce(reported_peak, position))) OVER (
                PARTITION BY songs.album_id, playlist_id, source
            ) AS best_position
        FROM (
            SELECT
                chart_entries_by_recording.*,
                count(*) OVER (PARTITION BY playlist_id, source) AS list_entries
            FROM chart_entries_by_recording
        ) AS entries
        JOIN songs ON songs.song_id = entries.song_id
        LEFT JOIN albums ON albums.album_id = songs.album_id
        WHERE songs.album_id IS NOT NULL
    ) AS rows_before
) AS runs
GROUP BY source, playlist_id, album_id;
CREATE OR REPLACE VIEW market_overlap AS
-- One row per day and pair of lists that have a snapshot on it: how many songs they have in common.
WITH sizes AS (
    SELECT
        list_snapshots.snapshot_date,
        list_snapshots.source,
        list_snapshots.playlist_id,
        max(list_snapshots.playlist_name) AS playlist_name,
        max(list_snapshots.market) AS market,
        count(entries.song_id) AS entries
    FROM list_snapshots
    LEFT JOIN chart_entries AS entries
        ON entries.source = list_snapshots.source
        AND entries.playlist_id = list_snapshots.playlist_id
        AND entries.snapshot_date = list_snapshots.snapshot_date
    GROUP BY list_snapshots.source, list_snapshots.playlist_id, list_snapshots.snapshot_date
),

shared AS (
    SELECT
        a.snapshot_date,
        a.source AS source_a,
        a.playlist_id AS playlist_id_a,
        b.source AS source_b,
        b.playlist_id AS playlist_id_b,
        count(*) AS common
    FROM chart_entries AS a
    JOIN chart_entries AS b
        ON b.snapshot_date = a.snapshot_date
        AND b.song_id = a.song_id
        AND (a.source < b.source OR (a.source = b.source AND a.playlist_id < b.playlist_id))
    GROUP BY a.snapshot_date, a.source, a.playlist_id, b.source, b.playlist_id
)

SELECT
    a.snapshot_date,
    a.source AS source_a,
    a.playlist_id AS playlist_id_a,
    a.playlist_name AS playlist_name_a,
    a.market AS market_a,
    b.source AS source_b,
    b.playlist_id AS playlist_id_b,
    b.playlist_name AS playlist_name_b,
    b.market AS market_b,
    a.entries AS entries_a,
    b.entries AS entries_b,
    coalesce(shared.common, 0) AS common,
    CAST(coalesce(shared.common, 0) AS DOUBLE) / nullif(a.entries + b.entries - coalesce(shared.common, 0), 0) AS overlap
FROM sizes AS a
JOIN sizes AS b
    ON b.snapshot_date = a.snapshot_date
    AND (a.source < b.source OR (a.source = b.source AND a.playlist_id < b.playlist_id))
LEFT JOIN shared
    ON shared.snapshot_date = a.snapshot_date
    AND shared.source_a = a.source
    AND shared.playlist_id_a = a.playlist_id
    AND shared.source_b = b.source
    AND shared.playlist_id_b = b.playlist_id;
CREATE OR REPLACE VIEW market_overlap_by_recording AS
-- One row per day and pair of lists that have a snapshot on it: how many songs they have in common.
WITH sizes AS (
    SELECT
        list_snapshots.snapshot_date,
        list_snapshots.source,
        list_snapshots.playlist_id,
        max(list_snapshots.playlist_name) AS playlist_name,
        max(list_snapshots.market) AS market,
        count(entries.recording_id) AS entries
    FROM list_snapshots
    LEFT JOIN chart_entries_by_recording AS entries
        ON entries.source = list_snapshots.source
        AND entries.playlist_id = list_snapshots.playlist_id
        AND entries.snapshot_date = list_snapshots.snapshot_date
    GROUP BY list_snapshots.source, list_snapshots.playlist_id, list_snapshots.snapshot_date
),

shared AS (
    SELECT
        a.snapshot_date,
        a.source AS source_a,
        a.playlist_id AS playlist_id_a,
        b.source AS source_b,
        b.playlist_id AS playlist_id_b,
        count(*) AS common
    FROM chart_entries_by_recording AS a
    JOIN chart_entries_by_recording AS b
        ON b.snapshot_date = a.snapshot_date
        AND b.recording_id = a.recording_id
        AND (a.source < b.source OR (a.source = b.source AND a.playlist_id < b.playlist_id))
    GROUP BY a.snapshot_date, a.source, a.playlist_id, b.source, b.playlist_id
)

SELECT
    a.snapshot_date,
    a.source AS source_a,
    a.playlist_id AS playlist_id_a,
    a.playlist_name AS playlist_name_a,
    a.market AS market_a,
    b.source AS source_b,
    b.playlist_id AS playlist_id_b,
    b.playlist_name AS playlist_name_b,
    b.market AS market_b,
    a.entries AS entries_a,
    b.entries AS entries_b,
    coalesce(shared.common, 0) AS common,
    CAST(coalesce(shared.common, 0) AS DOUBLE) / nullif(a.entries + b.entries - coalesce(shared.common, 0), 0) AS overlap
FROM sizes AS a
JOIN sizes AS b
    ON b.snapshot_date = a.snapshot_date
    AND (a.source < b.source OR (a.source = b.source AND a.playlist_id < b.playlist_id))
LEFT JOIN shared
    ON shared.snapshot_date = a.snapshot_date
    AND shared.source_a = a.source
    AND shared.playlist_id_a = a.playlist_id
    AND shared.source_b = b.source
    AND shared.playlist_id_b = b.playlist_id;
CREATE OR REPLACE VIEW popularity_history AS
-- One row per song_id and day with a known popularity; where several ids have one, the highest.
SELECT
    snapshot_date,
    
    song_id,
    song_name,
    artist_names,
    popularity,
    lag(popularity) OVER (PARTITION BY song_id ORDER BY snapshot_date) AS previous_popularity,
    popularity - lag(popularity) OVER (PARTITION BY song_id ORDER BY snapshot_date) AS change,
    lag(snapshot_date) OVER (PARTITION BY song_id ORDER BY snapshot_date) AS previous_date
FROM (
    SELECT
        days.*,
        row_number() OVER (PARTITION BY song_id, snapshot_date ORDER BY popularity DESC, song_id) AS place
    FROM song_days AS days
    WHERE popularity IS NOT NULL
) AS popular
WHERE place = 1;
CREATE OR REPLACE VIEW popularity_history_by_recording AS
-- One row per recording_id and day with a known popularity; where several ids have one, the highest.
SELECT
    snapshot_date,
    recording_id,
    song_id,
    song_name,
    artist_names,
    popularity,
    lag(popularity) OVER (PARTITION BY recording_id ORDER BY snapshot_date) AS previous_popularity,
    popularity - lag(popularity) OVER (PARTITION BY recording_id ORDER BY snapshot_date) AS change,
    lag(snapshot_date) OVER (PARTITION BY recording_id ORDER BY snapshot_date) AS previous_date
FROM (
    SELECT
        days.*,
        row_number() OVER (PARTITION BY recording_id, snapshot_date ORDER BY popularity DESC, song_id) AS place
    FROM song_days_by_recording AS days
    WHERE popularity IS NOT NULL
) AS popular
WHERE place = 1;
CREATE OR REPLACE VIEW catalog_changes AS
-- One row per change of what Spotify says about a song, album or artist, on the day it was first seen; and per recording
-- that is another song id in a list than in the list's snapshot before.
SELECT
    snapshot_date,
    entity,
    id,
    name,
    field,
    old_value,
    new_value
FROM (
    SELECT
        known.*,
        value AS new_value,
        lag(value) OVER (PARTITION BY entity, id, field ORDER BY snapshot_date) AS old_value
    FROM (
        SELECT
            snapshot_date,
            'song' AS entity,
            song_id AS id,
            song_name AS name,
            field,
            CASE field WHEN 'name' THEN song_name WHEN 'isrc' THEN isrc ELSE album_id END AS value
        FROM song_days
        CROSS JOIN (VALUES ('name'), ('isrc'), ('album_id')) AS fields (field)
        UNION ALL
        SELECT
            snapshot_date,
            'album' AS entity,
            album_id AS id,
            name,
            field,
            CASE field WHEN 'name' THEN name ELSE release_date_text END AS value
        FROM album_days
        CROSS JOIN (VALUES ('name'), ('release_date')) AS fields (field)
        UNION ALL
        SELECT
            snapshot_date,
            'artist' AS entity,
            artist_id AS id,
            artist_name AS name,
            'name' AS field,
            artist_name AS value
        FROM artist_days
    ) AS known
    WHERE value IS NOT NULL
) AS told
WHERE new_value <> old_value
UNION ALL
SELECT DISTINCT
    snapshot_date,
    'recording' AS entity,
    recording_id AS id,
    song_name AS name,
    'song_id' AS field,
    last_song_id AS old_value,
    song_id AS new_value
FROM (
    SELECT
        entries.*,
        lag(complete_so_far) OVER (
            PARTITION BY recording_id, playlist_id, source ORDER BY snapshot_number
        ) AS last_complete,
        lag(song_id) OVER (
            PARTITION BY recording_id, playlist_id, source ORDER BY snapshot_number
        ) AS last_song_id
    FROM chart_entries_by_recording AS entries
) AS appearances
WHERE song_id <> last_song_id AND last_complete = complete_so_far - CASE WHEN complete THEN 1 ELSE 0 END;
CREATE OR REPLACE VIEW chart_reported AS
-- One row per list, day and song of charts that report peak, previous position and periods themselves: their numbers
-- beside ours, and whether they disagree. A disagreement is only what our snapshots can prove: a better peak than the
-- reported one, more periods than reported, or another previous position where the snapshot before is one period older.
SELECT
    snapshot_date,
    source,
    playlist_id,
    playlist_name,
    market,
    period,
    song_id,
    song_name,
    artist_names,
    position,
    seen_peak AS peak,
    reported_peak,
    coalesce(seen_peak < reported_peak, false) AS peak_disagrees,
    seen_previous AS previous_position,
    reported_previous,
    -- Dates differ by a number in some engines and by an interval in others; two differences compare in all.
    coalesce(
        snapshot_date - previous_snapshot_date = CASE
            WHEN playlist_id LIKE '%-weekly' THEN DATE '2000-01-08' - DATE '2000-01-01'
            WHEN playlist_id LIKE '%-daily' THEN DATE '2000-01-02' - DATE '2000-01-01'
        END
        AND coalesce(seen_previous, 0) <> coalesce(reported_previous, 0),
        false
    ) AS previous_disagrees,
    seen_periods AS periods,
    reported_periods,
    coalesce(seen_periods > reported_periods, false) AS periods_disagrees,
    previous_snapshot_date
FROM chart_history
WHERE reported_peak IS NOT NULL OR reported_previous IS NOT NULL OR reported_periods IS NOT NULL;
